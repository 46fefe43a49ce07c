import type { Film } from './film.ts';
import { boxBlur, type Lungs } from './lungs.ts';
import { ANATOMY } from './regions.ts';

/** Blur in which narrow tips remain and noise goes, as a share of the picture's longer side [PD]. */
const SMOOTH_SHARE = 0.004;
/** Farthest a tip is followed beyond the lung that was found, as a share of the longer side [PD]. */
const REACH_SHARE = 0.08;
/** The same above an apex, which is blunt: what blur and erosion can have taken; beyond lies the air over the shoulder [PD]. */
const APEX_REACH_SHARE = 0.045;
/** Columns beyond the outer edge of a lung that a tip may use, as a share of the width: a costophrenic angle points outwards [PD]. */
const OUTWARDS_SHARE = 0.01;

/** Highest and lowest row of lung tissue, with the narrow tips that smoothing took away. */
export interface LungTips {
  readonly top: number;
  readonly bottom: number;
}

/**
 * Follows both lungs beyond what was found of them: pixels nearer to the lung's grey than to that of its surroundings, joined
 * to it and inside its columns. The mask was made in a smooth picture, in which apices and angles lose their tips.
 */
export const lungTipsOf = (film: Film, lungs: Lungs): LungTips => {
  const { grey, regions, scan } = film;
  const { rows, columns } = scan.reduced;
  const longer = Math.max(rows, columns);
  const smooth = boxBlur(grey, rows, columns, Math.max(1, Math.round(longer * SMOOTH_SHARE)));
  const between = borderGrey(film, lungs, smooth);
  const spare = Math.round(columns * OUTWARDS_SHARE);
  const [from, to] = columnsOf(lungs, columns);
  const isAboveLung = columnsOfApices(lungs);
  const seen = lungs.mask.slice();
  let front: number[] = [];
  for (let at = 0; at < seen.length; at += 1) if (seen[at] === 1) front.push(at);
  let [top, bottom] = [lungs.top, lungs.bottom];
  for (let step = 0; step < longer * REACH_SHARE && front.length > 0; step += 1) {
    const next: number[] = [];
    for (const at of front) {
      for (const near of [at - columns, at + columns, at - 1, at + 1]) {
        const column = near % columns;
        if (near < 0 || near >= seen.length || column < from - spare || column > to + spare) continue;
        if (seen[near] === 1 || regions.kinds[near] !== ANATOMY || smooth[near]! >= between) continue;
        const row = Math.floor(near / columns);
        const isTooHigh = row < lungs.top - longer * APEX_REACH_SHARE;
        if (row < lungs.top && (isTooHigh || !isAboveLung(column))) continue;
        seen[near] = 1;
        next.push(near);
        if (row < top) top = row;
        if (row > bottom) bottom = row;
      }
    }
    front = next;
  }
  return { top, bottom };
};

/** The uppermost part of a lung, as a share of its height: the trachea between both is no apex [PD]. */
const APEX_SHARE = 0.1;

const columnsOfApices = (lungs: Lungs): ((column: number) => boolean) => {
  const spans = [
    { from: lungs.outerLeft, to: lungs.innerLeft, top: lungs.leftTop, bottom: lungs.leftBottom },
    { from: lungs.innerRight, to: lungs.outerRight, top: lungs.rightTop, bottom: lungs.rightBottom },
  ].map(({ from, to, top, bottom }) => {
    const end = top + Math.ceil(APEX_SHARE * (bottom - top)) + 1;
    const [starts, ends] = [from.subarray(top, end), to.subarray(top, end)];
    return { least: Math.min(...starts.filter((column) => column >= 0)), most: Math.max(...ends) };
  });
  return (column) => spans.some(({ least, most }) => column >= least && column <= most);
};

const columnsOf = ({ outerLeft, outerRight }: Lungs, columns: number): readonly [number, number] => {
  const left = outerLeft.reduce((least, column) => (column >= 0 && column < least ? column : least), columns);
  return [left, outerRight.reduce((most, column) => Math.max(most, column), -1)];
};

/** Halfway between the mean grey of the lungs and that of the anatomy beside them in their rows. */
const borderGrey = ({ regions, scan }: Film, { mask, top, bottom }: Lungs, smooth: Float32Array): number => {
  const { columns } = scan.reduced;
  let [lung, lungCount, rest, restCount] = [0, 0, 0, 0];
  for (let at = top * columns; at < (bottom + 1) * columns; at += 1) {
    if (mask[at] === 1) {
      lung += smooth[at]!;
      lungCount += 1;
    } else if (regions.kinds[at] === ANATOMY) {
      rest += smooth[at]!;
      restCount += 1;
    }
  }
  return restCount === 0 ? 0 : (lung / lungCount + rest / restCount) / 2;
};
