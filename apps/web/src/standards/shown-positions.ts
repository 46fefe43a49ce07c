import type { OwnPosition } from '@jiapian/contract';
import { positionLibrary, type HospitalPosition } from '@jiapian/rules';

export interface ShownPosition extends HospitalPosition {
  readonly verified: boolean;
  readonly codes: string;
  /** Version of the hospital's own words; null where the library's stand. */
  readonly ownVersion: number | null;
}

/** The library with the hospital's own positions over it: its words for a code take the place of the library's. */
export const shownPositions = (own: readonly OwnPosition[]): readonly ShownPosition[] => {
  const shown = new Map<string, ShownPosition>(
    positionLibrary.map((position) => [
      position.code,
      {
        ...position,
        codes: [position.code, `SCT ${position.viewCode}`, position.viewModifierCode].filter(Boolean).join(' · '),
        ownVersion: null,
      },
    ]),
  );
  for (const { content, isVerified, version } of own) {
    const codes = shown.get(content.code)?.codes ?? content.code;
    shown.set(content.code, { ...content, verified: isVerified, codes, ownVersion: version });
  }
  return [...shown.values()];
};
