import type { Consultation } from '@jiapian/contract';
import type { Grade } from '@jiapian/kernel';
import { positionOf, type ReviewStandard } from '@jiapian/rules';
import type { PdfBlock, PdfDocument } from '../bulletins/index.ts';
import { consultationWords, type ConsultationLocale } from './minutes-words.ts';

export interface ConsultationPrintFacts {
  readonly locale: ConsultationLocale;
  readonly timeZone: string;
  readonly madeAt: Date;
  /** For the words of the deductions. */
  readonly standard: ReviewStandard;
}

/** Digits of a digest that a person compares by eye. */
const shownDigits = 16;

/** Minutes of a consultation on paper: who judged what apart, what was discussed, what the chair signed. */
export const consultationDocument = (held: Consultation, facts: ConsultationPrintFacts): PdfDocument => {
  const words = consultationWords[facts.locale];
  // Swedish writes ISO 8601.
  const clock = new Intl.DateTimeFormat('sv-SE', {
    ...{ timeZone: facts.timeZone, dateStyle: 'short', timeStyle: 'short' },
  });
  const moment = (at: string | null): string => (at === null ? words.none : clock.format(new Date(at)));
  const sitting = held.bench.filter(({ excusedAt }) => excusedAt === null);
  const excused = held.bench.filter(({ excusedAt }) => excusedAt !== null);
  const bare = [
    [words.exam, [held.accessionNumber, held.modality, held.description].filter(Boolean).join(' · ')],
    [
      words.origin,
      `${words.origins[held.origin]} · ${words.askedBy}${words.colon}${held.askedByName ?? ''} · ${moment(held.askedAt)}`,
    ],
    [words.question, held.question],
    [words.chair, held.chairName ?? words.none],
    [words.judges, sitting.map(({ name, post }) => (post === '' ? name : `${name} (${post})`)).join(' · ')],
    [words.times, [held.convenedAt, held.openedAt, held.closedAt].map(moment).join(' / ')],
    ...(excused.length === 0
      ? []
      : [[words.excused, excused.map(({ name, excuse }) => `${name}${words.colon}${excuse}`).join(' · ')]]),
  ] as [string, string][];
  return {
    locale: facts.locale,
    title: words.title,
    isLandscape: true,
    foot: `${held.accessionNumber ?? ''} · ${moment(held.closedAt)}`,
    madeAt: facts.madeAt,
    blocks: [
      { kind: 'facts', rows: bare },
      { kind: 'heading', text: words.films },
      outcomeTable(held, facts),
      { kind: 'text', text: `${words.conclusion}${words.colon}${held.conclusion}` },
      { kind: 'heading', text: words.opinions },
      opinionTable(held, facts, moment),
      ...notesOf(held, facts, moment),
      { kind: 'heading', text: words.signatures },
      {
        kind: 'table',
        titles: words.signatureTitles,
        widths: ['*', 'auto', 'auto', 'auto'],
        rows: held.signatures.map(({ name, signs, at, digest }) => [
          ...[name, words.signs[signs], moment(at), digest.slice(0, shownDigits)],
        ]),
      },
      { kind: 'text', text: words.apart, isRemark: true },
      ...linesToSign(held, facts.locale),
    ],
  };
};

/** Lines side by side for ink: the chair's first, then the other judges'. */
const linesInARow = 3;
const linesToSign = (held: Consultation, locale: ConsultationLocale): PdfBlock[] => {
  const { roles, date } = consultationWords[locale];
  const sitting = held.bench
    .filter(({ excusedAt }) => excusedAt === null)
    .toSorted((one, other) => Number(other.isChair) - Number(one.isChair))
    .map(({ name, isChair }) => `${roles[isChair ? 0 : 1]} ${name}`);
  return Array.from({ length: Math.ceil(sitting.length / linesInARow) }, (_, row) => ({
    kind: 'signatures',
    roles: sitting.slice(row * linesInARow, (row + 1) * linesInARow),
    dateWord: date,
  }));
};

const gradeWord = (grade: Grade | null, locale: ConsultationLocale): string =>
  grade === null ? consultationWords[locale].none : consultationWords[locale].grade[grade];

const outcomeTable = (held: Consultation, { locale }: ConsultationPrintFacts): PdfBlock => ({
  kind: 'table',
  titles: consultationWords[locale].filmTitles,
  widths: ['auto', '*', 'auto', 'auto', 'auto', '*'],
  rows: held.list.map((film) => [
    String(film.number),
    filmTitle(film, locale),
    gradeWord(film.gradeBefore, locale),
    gradeWord(film.signed, locale),
    film.signedScore === null ? consultationWords[locale].none : String(film.signedScore),
    film.signedNote,
  ]),
});

const opinionTable = (
  held: Consultation,
  { locale, standard }: ConsultationPrintFacts,
  moment: (at: string) => string,
): PdfBlock => ({
  kind: 'table',
  titles: consultationWords[locale].opinionTitles,
  widths: ['auto', 'auto', 'auto', 'auto', '*', '*', 'auto'],
  rows: held.opinions.map((opinion) => [
    String(opinion.number),
    held.bench.find(({ accountId }) => accountId === opinion.accountId)?.name ?? '',
    gradeWord(opinion.grade, locale),
    String(opinion.score),
    deductionsIn(opinion, standard, locale),
    [opinion.note, opinion.overrideReason ?? ''].filter((part) => part !== '').join(' · '),
    moment(opinion.at),
  ]),
});

const notesOf = (held: Consultation, { locale }: ConsultationPrintFacts, moment: (at: string) => string): PdfBlock[] =>
  held.notes.length === 0
    ? []
    : [
        { kind: 'heading', text: consultationWords[locale].notes },
        { kind: 'list', items: held.notes.map(({ name, text, at }) => `${moment(at)} ${name} ${text}`) },
      ];

const deductionsIn = (
  { marks, conditionsNotMet }: Consultation['opinions'][number],
  standard: ReviewStandard,
  locale: ConsultationLocale,
): string => {
  const word = (name: { zh: string; en: string }): string => (locale === 'en' ? name.en : name.zh);
  const named = marks.map(({ code, step }) => {
    const item = standard.deductions.find((each) => each.code === code);
    return item ? `${word(item.name)} −${item.steps[step - 1] ?? '?'}` : code;
  });
  const missed = conditionsNotMet.map((code) => {
    const condition = standard.conditions.find((each) => each.code === code);
    return condition ? word(condition.name) : code;
  });
  return [...named, ...missed].join(' · ') || consultationWords[locale].none;
};

const filmTitle = ({ positionCode, description }: Consultation['list'][number], locale: ConsultationLocale): string => {
  const position = positionCode === null ? undefined : positionOf(positionCode);
  return position ? position.name[locale === 'en' ? 'en' : 'zh'] : description;
};
