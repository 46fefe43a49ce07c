import type { FilmDetail, ReadingDraft } from '@jiapian/contract';
import type { Grade } from '@jiapian/kernel';
import { gradeFilm, type DeductionItem, type GradeOutcome, type ReviewStandard, type SeriesMark } from '@jiapian/rules';

export type Place = ReadingDraft['places'][number];
/** What the reader has put on the sheet; `chosen` is a grade key that was pressed, null while the rules decide. */
export interface ScoreSheet {
  readonly steps: Readonly<Record<string, number>>;
  readonly conditionsNotMet: readonly string[];
  readonly places: readonly Place[];
  readonly note: string;
  /** Criteria of the position that were judged; the others were not. */
  readonly criteria: Criteria;
  /** Series of a CT or MR exam in which an item was seen. */
  readonly seriesMarks: readonly SeriesMark[];
  readonly chosen: Grade | null;
  /** Item pressed last: the next mark on the image belongs to it. */
  readonly lastItem: string | null;
}

export type Criteria = Readonly<Record<string, 'met' | 'not-met'>>;

export type SheetAct =
  | { readonly kind: 'criterion'; readonly code: string }
  /** `series` is the one on the screen, where the exam is judged as a whole. */
  | { readonly kind: 'press'; readonly item: DeductionItem; readonly series?: string | undefined }
  | { readonly kind: 'series'; readonly mark: SeriesMark }
  | { readonly kind: 'condition'; readonly code: string }
  | { readonly kind: 'place'; readonly place: Omit<Place, 'code'> }
  | { readonly kind: 'unplace'; readonly index: number }
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'choose'; readonly grade: Grade | null }
  | { readonly kind: 'replace'; readonly draft: ReadingDraft };

const emptySheet: ScoreSheet = {
  steps: {},
  conditionsNotMet: [],
  places: [],
  note: '',
  criteria: {},
  seriesMarks: [],
  chosen: null,
  lastItem: null,
};

export const sheetOf = (draft: ReadingDraft | null): ScoreSheet =>
  draft === null ? emptySheet : applyAct(emptySheet, { kind: 'replace', draft });

/** The sheet after one act of the reader. */
export const applyAct = (sheet: ScoreSheet, act: SheetAct): ScoreSheet => {
  switch (act.kind) {
    case 'criterion':
      return { ...sheet, criteria: judged(sheet.criteria, act.code) };
    case 'press':
      return press(sheet, act.item, act.series);
    case 'series':
      return { ...sheet, seriesMarks: toggled(sheet.seriesMarks, act.mark) };
    case 'condition': {
      const without = sheet.conditionsNotMet.filter((code) => code !== act.code);
      const isOn = without.length < sheet.conditionsNotMet.length;
      return { ...sheet, conditionsNotMet: isOn ? without : [...without, act.code] };
    }
    case 'place': {
      const code = sheet.lastItem !== null && sheet.steps[sheet.lastItem] ? sheet.lastItem : null;
      return { ...sheet, places: [...sheet.places, { ...act.place, code }] };
    }
    case 'unplace':
      return { ...sheet, places: sheet.places.filter((_place, index) => index !== act.index) };
    case 'note':
      return { ...sheet, note: act.text };
    case 'choose':
      return { ...sheet, chosen: act.grade };
    case 'replace':
      return {
        ...sheet,
        steps: Object.fromEntries(act.draft.marks.map(({ code, step }) => [code, step])),
        conditionsNotMet: act.draft.conditionsNotMet,
        places: act.draft.places,
        note: act.draft.note,
        criteria: act.draft.criteria ?? sheet.criteria,
        seriesMarks: act.draft.seriesMarks ?? [],
      };
  }
};

/** Not judged, met, not met, and not judged again. */
const judged = (criteria: Criteria, code: string): Criteria => {
  const { [code]: before, ...others } = criteria;
  if (before === 'not-met') return others;
  return { ...others, [code]: before === 'met' ? 'not-met' : 'met' };
};

/** Heavier with every press, then off; what was marked on the image for it stays, without the item. */
const press = (sheet: ScoreSheet, item: DeductionItem, series: string | undefined): ScoreSheet => {
  const step = (sheet.steps[item.code] ?? 0) + 1;
  if (step <= item.steps.length) {
    const seen = sheet.seriesMarks.some(({ code }) => code === item.code);
    const seriesMarks =
      series === undefined || seen
        ? sheet.seriesMarks
        : [...sheet.seriesMarks, { seriesInstanceUid: series, code: item.code }];
    return { ...sheet, steps: { ...sheet.steps, [item.code]: step }, seriesMarks, lastItem: item.code };
  }
  const { [item.code]: _off, ...steps } = sheet.steps;
  const places = sheet.places.map((place) => (place.code === item.code ? { ...place, code: null } : place));
  const seriesMarks = sheet.seriesMarks.filter(({ code }) => code !== item.code);
  return { ...sheet, steps, places, seriesMarks, lastItem: null };
};

const toggled = (marks: readonly SeriesMark[], mark: SeriesMark): readonly SeriesMark[] => {
  const others = marks.filter((each) => each.code !== mark.code || each.seriesInstanceUid !== mark.seriesInstanceUid);
  return others.length < marks.length ? others : [...marks, mark];
};

export const contentOf = (sheet: ScoreSheet): ReadingDraft => ({
  marks: Object.entries(sheet.steps).map(([code, step]) => ({ code, step })),
  conditionsNotMet: [...sheet.conditionsNotMet],
  places: [...sheet.places],
  note: sheet.note,
  criteria: sheet.criteria,
  ...(sheet.seriesMarks.length > 0 && { seriesMarks: [...sheet.seriesMarks] }),
});

/** Marks of an older version that the standard in force no longer has are left out, and said to be. */
export const fitToStandard = (
  draft: ReadingDraft,
  standard: ReviewStandard,
): { readonly draft: ReadingDraft; readonly dropped: number } => {
  const marks = draft.marks.filter(({ code, step }) => {
    const item = standard.deductions.find((candidate) => candidate.code === code);
    return item?.steps[step - 1] !== undefined;
  });
  const conditionsNotMet = draft.conditionsNotMet.filter((code) =>
    standard.conditions.some((condition) => condition.code === code),
  );
  const dropped = draft.marks.length - marks.length + (draft.conditionsNotMet.length - conditionsNotMet.length);
  const seriesMarks = (draft.seriesMarks ?? []).filter(({ code }) => marks.some((mark) => mark.code === code));
  return { draft: { ...draft, marks, conditionsNotMet, seriesMarks }, dropped };
};

export const outcomeOf = (standard: ReviewStandard, sheet: ScoreSheet): GradeOutcome => {
  const { marks, conditionsNotMet } = contentOf(sheet);
  return gradeFilm(standard, marks, conditionsNotMet);
};

/** The route describes the standard as unknown JSON; the server sends exactly this. */
export const standardOf = (detail: FilmDetail): ReviewStandard => detail.standard as ReviewStandard;

/** The sheet of the reading that counts; null while there is none or it is masked. */
export const lastGrade = (detail: FilmDetail): ReadingDraft | null => {
  const last = detail.readings
    .filter((reading) => reading.act === 'grade')
    .toSorted((one, other) => one.at.localeCompare(other.at))
    .at(-1);
  if (!last) return null;
  const { marks, conditionsNotMet, places, note, criteria, seriesMarks } = last;
  return { marks, conditionsNotMet, places, note, criteria, seriesMarks };
};
