import type { Minutes } from '@jiapian/contract';
import type { Grade } from '@jiapian/kernel';
import { positionOf } from '@jiapian/rules';
import type { PdfBlock, PdfDocument } from '../bulletins/index.ts';
import { minutesWords, type MinutesLocale } from './meeting-minutes-words.ts';

export interface MinutesFacts {
  readonly locale: MinutesLocale;
  readonly timeZone: string;
  readonly madeAt: Date;
}

/** Minutes on paper: who was there, what was voted and decided, and lines to sign on. */
export const minutesDocument = (minutes: Minutes, { locale, timeZone, madeAt }: MinutesFacts): PdfDocument => {
  const words = minutesWords[locale];
  // Swedish writes ISO 8601.
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  const moment = (at: string): string => clock.format(new Date(at));
  const minute = (at: string): string => moment(at).slice('YYYY-MM-DD '.length);
  const present = minutes.attendance.flatMap(({ name, joinedAt }) =>
    joinedAt === null ? [] : [`${name} (${minute(joinedAt)})`],
  );
  const absent = minutes.attendance.filter(({ joinedAt }) => joinedAt === null).map(({ name }) => name);
  const gradeWord = (grade: Grade | null): string => (grade === null ? '—' : words.grade[grade]);
  const notes: PdfBlock[] =
    minutes.notes.length === 0
      ? []
      : [
          { kind: 'heading', text: words.notes },
          { kind: 'list', items: minutes.notes.map(({ at, text }) => `${minute(at)} ${text}`) },
        ];
  return {
    locale,
    title: `${minutes.title} · ${words.minutes}`,
    isLandscape: true,
    foot: `${minutes.title} · ${moment(minutes.openedAt)}`,
    madeAt,
    blocks: [
      {
        kind: 'facts',
        rows: [
          [words.time, `${moment(minutes.openedAt)} – ${minutes.closedAt ? moment(minutes.closedAt) : words.running}`],
          [
            words.leader,
            [
              minutes.leaderName,
              words.rule[minutes.decideBy],
              ...(minutes.decideBy === 'majority' ? [words.atLeast(minutes.minimumVotes)] : []),
            ].join(' · '),
          ],
          [`${words.present} ${present.length}`, present.join(' · ') || '—'],
          [`${words.absent} ${absent.length}`, absent.join(' · ') || '—'],
        ],
      },
      {
        kind: 'table',
        titles: words.titles,
        widths: ['auto', '*', 'auto', 'auto', 'auto', 'auto', 'auto', '*'],
        rows: minutes.films.map((film) => [
          String(film.number),
          titleOf(film, locale),
          film.accessionNumber,
          words.because[film.because],
          gradeWord(film.gradeBefore),
          votesOf(film.tally, gradeWord),
          gradeWord(film.decidedGrade),
          [film.note, film.isKeptForTeaching ? words.kept : ''].filter((part) => part !== '').join(' · '),
        ]),
      },
      ...notes,
      { kind: 'signatures', roles: words.roles, dateWord: words.date },
    ],
  };
};

const titleOf = ({ positionCode, description }: Minutes['films'][number], locale: MinutesLocale): string => {
  const position = positionCode === null ? undefined : positionOf(positionCode);
  return position ? position.name[locale === 'en' ? 'en' : 'zh'] : description;
};

const votesOf = (tally: Minutes['films'][number]['tally'], gradeWord: (grade: Grade) => string): string =>
  tally
    .filter(({ votes }) => votes > 0)
    .map(({ grade, votes }) => `${gradeWord(grade)} ${votes}`)
    .join(' · ') || '—';
