/** What the header of one film says about its position; each value as written, empty when absent. */
export interface PositionFacts {
  readonly modality: string;
  /** View Position (0018,5101). */
  readonly viewPosition: string;
  /** Code values of View Code Sequence (0054,0220). */
  readonly viewCodes: readonly string[];
  /** Body Part Examined (0018,0015). */
  readonly bodyPartExamined: string;
  /** Image Laterality (0020,0062), else Laterality (0020,0060). */
  readonly imageLaterality: string;
  readonly protocolName: string;
  readonly studyDescription: string;
  readonly seriesDescription: string;
}

/** One of the facts a position is told from. */
export type PositionFactName = keyof PositionFacts;

/** One thing that one fact says about the position. */
export interface PositionEvidence {
  readonly fact: PositionFactName;
  readonly says: 'part' | 'view' | 'qualifier' | 'laterality';
  /** Our word for it, never the header's text. */
  readonly value: string;
}

/** The descriptions of one film; the study's stands apart because it may speak of several films. */
export const filmTexts = ['protocolName', 'seriesDescription'] as const satisfies readonly PositionFactName[];
/** Every description that is read. */
export const allTexts = [...filmTexts, 'studyDescription'] as const satisfies readonly PositionFactName[];
