import type { FilmDetail, FilmRow } from '@jiapian/contract';
import { layoutsFor, type HangingPicture, type HungLayout } from '@jiapian/rules';
import { seriesOf } from './image-slots.ts';
import type { Area } from './expected-viewport.ts';

/** Every layout that fits the film, the one to open with first. */
export const layoutsOf = ({ film, images, companions }: FilmDetail): readonly HungLayout[] => {
  const [image] = images;
  const { modality, description, positionCode, laterality } = film;
  const own = film.kind === 'image' && image ? { ...image, positionCode, laterality } : null;
  return layoutsFor({ modality, description, own, others: companions, series: seriesOf(images) });
};

/** Gap between panes and their border, in CSS pixels, as viewer-panel.css has them. */
const GAP = 2;
const BORDER = 1;

/** The picture inside one pane of a layout that fills an area. */
export const paneArea = ({ rows, columns }: HungLayout, pane: number, area: Area): Area => {
  const width = (area.width - GAP * (columns - 1)) / columns;
  const height = (area.height - GAP * (rows - 1)) / rows;
  return {
    left: area.left + (pane % columns) * (width + GAP) + BORDER,
    top: area.top + Math.floor(pane / columns) * (height + GAP) + BORDER,
    width: width - 2 * BORDER,
    height: height - 2 * BORDER,
  };
};

/** Name of the preference that remembers the layout of exams that open with this one. */
export const layoutPreference = (layouts: readonly HungLayout[]): string => `layout.${layouts[0]?.code ?? 'single'}`;

/** The layout the reader chose last for such exams, else the first. */
export const chosenLayout = (layouts: readonly HungLayout[], preferences: Readonly<Record<string, unknown>>) =>
  layouts.find(({ code }) => code === preferences[layoutPreference(layouts)]) ?? layouts[0];

/** So many exams are remembered. */
const SEEN_EXAMS = 50;
/** Pictures of the exams that were open: of a pair the one that was graded first is no longer in the queue. */
const seen = new Map<string, readonly HangingPicture[]>();

export const rememberPictures = ({ film, images, companions }: FilmDetail): void => {
  const [image] = images;
  if (film.kind !== 'image' || !image) return;
  const { examId, positionCode, laterality } = film;
  seen.delete(examId);
  seen.set(examId, [{ ...image, positionCode, laterality }, ...companions]);
  for (const oldest of [...seen.keys()].slice(0, -SEEN_EXAMS)) seen.delete(oldest);
};

/**
 * Where a radiograph of the queue will hang, as far as the queue knows its exam; null when that is not sure, for a
 * stack or a mirrored breast.
 */
export const expectedPane = (
  row: FilmRow,
  queue: readonly FilmRow[],
  preferences: Readonly<Record<string, unknown>>,
  area: Area,
): Area | null => {
  if (row.kind !== 'image' || row.modality === 'MG') return null;
  const picture = (film: FilmRow): HangingPicture => ({
    ...{ sopInstanceUid: film.sopInstanceUid ?? '', positionCode: film.positionCode },
    ...{ laterality: film.laterality, rowDirection: null },
  });
  const ofExam = [...queue.filter(({ examId }) => examId === row.examId).map(picture), ...(seen.get(row.examId) ?? [])];
  const others = [...new Map(ofExam.map((each) => [each.sopInstanceUid, each])).values()].filter(
    ({ sopInstanceUid }) => sopInstanceUid !== row.sopInstanceUid,
  );
  const { modality, description } = row;
  const layouts = layoutsFor({ modality, description, own: picture(row), others, series: [] });
  const layout = chosenLayout(layouts, preferences);
  if (!layout) return null;
  const pane = layout.places.findIndex(({ sopInstanceUid }) => sopInstanceUid === row.sopInstanceUid);
  return paneArea(layout, Math.max(0, pane), area);
};
