import { breastPositions, chestPositions } from './chest-and-breast.ts';
import { headPositions, neckPositions } from './head-and-neck.ts';
import { lowerLimbPositions } from './lower-limb.ts';
import type { Position } from './position.ts';
import { abdomenPositions, pelvisPositions, spinePositions } from './trunk.ts';
import { upperLimbPositions } from './upper-limb.ts';

/**
 * The positions a department starts with: the 68 rows of the seed list, of which those with two views are two positions
 * each (the row's code with a letter). Each position names its own sources.
 */
export const positionLibrary: readonly Position[] = [
  ...headPositions,
  ...neckPositions,
  ...chestPositions,
  ...abdomenPositions,
  ...spinePositions,
  ...pelvisPositions,
  ...upperLimbPositions,
  ...lowerLimbPositions,
  ...breastPositions,
];

const byCode = new Map(positionLibrary.map((position) => [position.code, position]));

/** The position of a code, or null when the library has none. */
export const positionOf = (code: string): Position | null => byCode.get(code) ?? null;
