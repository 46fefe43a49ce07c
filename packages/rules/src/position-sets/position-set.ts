import type { LocalText, Sourced } from '../local-text.ts';

/** A named selection of positions; a hospital edits who is in it and says when it has confirmed the list. */
export interface PositionSet extends Sourced {
  readonly code: string;
  readonly name: LocalText;
  /** Position codes, in the order of the list. */
  readonly members: readonly string[];
  /** How many positions the name promises. */
  readonly size: number;
  /** Whether the membership is known from the text of the standard itself. */
  readonly isConfirmed: boolean;
}

const unconfirmed = { isConfirmed: false, verified: false } as const;

/**
 * The sets that Chinese standards name. The lists themselves were not found: the seven are put together from the order of
 * two teaching texts (S11, S12) and general knowledge, the 76 and the 146 wait for the hospital to load its own text.
 */
export const positionSets: readonly PositionSet[] = [
  {
    code: 'STD_4P7P',
    name: { zh: '4个部位7种体位', en: '4 parts, 7 positions' },
    members: ['CH01', 'HD01', 'HD02', 'LL02', 'LL03', 'SP03', 'SP04'],
    size: 7,
    source: 'S11, S12, GKU',
    ...unconfirmed,
  },
  {
    code: 'STD_76',
    name: { zh: '76种体位', en: '76 positions' },
    members: [],
    size: 76,
    source: 'GKU',
    ...unconfirmed,
  },
  {
    code: 'STD_146',
    name: { zh: '146种体位', en: '146 positions' },
    members: [],
    size: 146,
    source: 'GKU',
    ...unconfirmed,
  },
];
