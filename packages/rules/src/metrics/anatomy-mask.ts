import { type RadiographMetric, oneFigure } from './radiograph-metric.ts';
import type { Film } from './film.ts';
import type { Place } from './measurement.ts';
import { ANATOMY } from './regions.ts';
import { placeOfReduced } from './film.ts';

/** How much of the picture the patient covers, and where. */
export const anatomyShare: RadiographMetric = {
  metric: 'anatomy-share',
  unit: '1',
  method: 'smooth dark background flooded from the field edge',
  version: 1,
  measure: (film) => {
    const { kinds, anatomyPixels } = film.regions;
    if (anatomyPixels === 0) return 'no-anatomy';
    return oneFigure(anatomyPixels / kinds.length, placeOfAnatomy(film));
  },
};

/** The rectangle around the patient, pixels of the stored frame; the whole picture when there is none. */
export const placeOfAnatomy = (film: Film): Place => {
  const { scan, regions } = film;
  const { rows, columns } = scan.reduced;
  const whole = { left: 0, right: columns - 1, top: 0, bottom: rows - 1 };
  return placeOfReduced(film, regions.anatomyPixels === 0 ? whole : boxOf(film));
};

const boxOf = ({ regions: { kinds }, scan: { reduced } }: Film) => {
  let [left, right, top, bottom] = [reduced.columns, -1, reduced.rows, -1];
  for (let at = 0; at < kinds.length; at += 1) {
    if (kinds[at] !== ANATOMY) continue;
    const row = Math.floor(at / reduced.columns);
    const column = at - row * reduced.columns;
    if (column < left) left = column;
    if (column > right) right = column;
    if (row < top) top = row;
    bottom = row;
  }
  return { left, right, top, bottom };
};
