import { filmColumnsOf, filmStateOf, type FilmState, type GradeOutcome } from '@jiapian/rules';
import type { Grade } from '@jiapian/kernel';
import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';

/** The film with what a decision about it needs; locked until the transaction ends. */
export const lockFilmRow = (unit: UnitOfWork, filmId: string) =>
  unit.db
    .selectFrom('film')
    .innerJoin('exam', (join) =>
      join.onRef('exam.hospital_id', '=', 'film.hospital_id').onRef('exam.exam_id', '=', 'film.exam_id'),
    )
    .select([
      'film.film_id',
      'film.exam_id',
      'film.kind',
      'film.sop_instance_uid',
      'film.state',
      'film.is_missed_review',
      'film.grade',
      'film.reading_id',
      'film.version',
      'film.mapping_key',
      'exam.technologist_id',
      sql<string | null>`accountable_staff(film.hospital_id, exam.technologist_id, film.day)`.as('accountable_id'),
      'exam.device_id',
      'exam.accession_number',
      'exam.study_instance_uid',
      'exam.modality',
    ])
    .where('film.hospital_id', '=', unit.hospitalId)
    .where('film.film_id', '=', filmId)
    .forUpdate('film')
    .executeTakeFirst();

export type FilmForDecision = NonNullable<Awaited<ReturnType<typeof lockFilmRow>>>;

export const stateOf = ({ state, is_missed_review }: Pick<FilmForDecision, 'state' | 'is_missed_review'>): FilmState =>
  filmStateOf({
    state: state === 'graded' || state === 'not-sampled' ? state : 'waiting',
    isMissedReview: is_missed_review,
  });

/** Takes or renews the lock; false when somebody else holds it. */
export const takeLock = async (
  unit: UnitOfWork,
  filmId: string,
  accountId: string,
  now: Date,
  until: Date,
): Promise<boolean> => {
  const taken = await unit.db
    .insertInto('film_lock')
    .values({ hospital_id: unit.hospitalId, film_id: filmId, account_id: accountId, taken_at: now, expires_at: until })
    .onConflict((conflict) =>
      conflict
        .columns(['hospital_id', 'film_id'])
        .doUpdateSet({
          account_id: accountId,
          expires_at: until,
          taken_at: sql`case when film_lock.account_id = ${accountId} then film_lock.taken_at else ${now} end`,
        })
        .where((eb) => eb.or([eb('film_lock.account_id', '=', accountId), eb('film_lock.expires_at', '<=', now)])),
    )
    .returning('film_id')
    .executeTakeFirst();
  return taken !== undefined;
};

export const findLock = (unit: UnitOfWork, filmId: string, now: Date) =>
  unit.db
    .selectFrom('film_lock')
    .innerJoin('account', (join) =>
      join
        .onRef('account.hospital_id', '=', 'film_lock.hospital_id')
        .onRef('account.account_id', '=', 'film_lock.account_id'),
    )
    .select(['film_lock.account_id', 'film_lock.taken_at', 'film_lock.expires_at', 'account.display_name'])
    .where('film_lock.hospital_id', '=', unit.hospitalId)
    .where('film_lock.film_id', '=', filmId)
    .where('film_lock.expires_at', '>', now)
    .executeTakeFirst();

/** Ends the own lock, or anybody's when `accountId` is null. */
export const dropLock = async (unit: UnitOfWork, filmId: string, accountId: string | null): Promise<void> => {
  let query = unit.db.deleteFrom('film_lock').where('hospital_id', '=', unit.hospitalId).where('film_id', '=', filmId);
  if (accountId !== null) query = query.where('account_id', '=', accountId);
  await query.execute();
};

export interface NewReading {
  reading_id: string;
  film_id: string;
  account_id: string;
  at: Date;
  seconds_spent: number;
  standard_id: string;
  standard_version: number;
  software_version: string;
  marks: string;
  conditions_not_met: string;
  places: string;
  note: string;
  grade: Grade;
  outcome: GradeOutcome;
  override_reason: string | null;
  reject_reason_code: string | null;
  reject_title?: 'quality' | 'safety' | 'worklist';
  affects_diagnosis: 'repeat' | 'no-repeat' | null;
  is_late: boolean;
  kind?: 'first' | 'second' | 'repeat' | 'ruling' | 'appeal' | 'meeting' | 'consultation';
  task_id?: string | null;
  criteria?: string;
  series_marks?: string;
  is_bulk?: boolean;
}

export const insertReading = async (unit: UnitOfWork, { outcome, ...reading }: NewReading): Promise<void> => {
  await unit.db
    .insertInto('reading')
    .values({
      hospital_id: unit.hospitalId,
      act: 'grade',
      ...reading,
      score: outcome.score,
      grade_by_score: outcome.byScore,
      grade_by_cap: outcome.byCap?.grade ?? null,
      grade_by_conditions: outcome.byConditions.grade,
      decided_by: outcome.decidedBy,
    })
    .execute();
};

/** A withdrawal stands beside the reading it takes back. */
export const insertWithdrawal = async (
  unit: UnitOfWork,
  withdrawal: {
    reading_id: string;
    withdraws: string;
    film_id: string;
    account_id: string;
    at: Date;
    software_version: string;
  },
): Promise<void> => {
  await unit.db
    .insertInto('reading')
    .columns([
      'hospital_id',
      'reading_id',
      'film_id',
      'act',
      'withdraws',
      'account_id',
      'at',
      'standard_id',
      'standard_version',
      'software_version',
    ])
    .expression((eb) =>
      eb
        .selectFrom('reading')
        .select([
          'hospital_id',
          eb.val(withdrawal.reading_id).$castTo<string>().as('reading_id'),
          'film_id',
          sql<'withdrawal'>`'withdrawal'`.as('act'),
          'reading_id as withdraws',
          sql<string>`${withdrawal.account_id}::uuid`.as('account_id'),
          sql<Date>`${withdrawal.at}::timestamptz`.as('at'),
          'standard_id',
          'standard_version',
          sql<string>`${withdrawal.software_version}::text`.as('software_version'),
        ])
        .where('hospital_id', '=', unit.hospitalId)
        .where('reading_id', '=', withdrawal.withdraws),
    )
    .execute();
};

/** Puts the film into its new state; the version moves on with it. */
export const updateFilm = async (
  unit: UnitOfWork,
  filmId: string,
  state: FilmState,
  current: { grade: Grade | null; score: number | null; readingId: string | null; gradedAt: Date | null },
): Promise<void> => {
  const stored = filmColumnsOf[state];
  await unit.db
    .updateTable('film')
    .set((eb) => ({
      state: stored.state,
      is_missed_review: stored.isMissedReview,
      grade: current.grade,
      score: current.score,
      reading_id: current.readingId,
      graded_at: current.gradedAt,
      version: eb('version', '+', 1),
    }))
    .where('hospital_id', '=', unit.hospitalId)
    .where('film_id', '=', filmId)
    .execute();
};

export const findReadings = (unit: UnitOfWork, filmId: string) =>
  unit.db
    .selectFrom('reading')
    .innerJoin('account', (join) =>
      join
        .onRef('account.hospital_id', '=', 'reading.hospital_id')
        .onRef('account.account_id', '=', 'reading.account_id'),
    )
    .selectAll('reading')
    .select('account.display_name as reader_name')
    .where('reading.hospital_id', '=', unit.hospitalId)
    .where('reading.film_id', '=', filmId)
    .orderBy('reading.at', 'desc')
    .limit(50)
    .execute();

export type ReadingRow = Awaited<ReturnType<typeof findReadings>>[number];

/** The last grade this account gave that still counts. */
export const findLastReading = (unit: UnitOfWork, accountId: string, since: Date) =>
  unit.db
    .selectFrom('reading')
    .innerJoin('film', (join) =>
      join.onRef('film.hospital_id', '=', 'reading.hospital_id').onRef('film.reading_id', '=', 'reading.reading_id'),
    )
    .select(['reading.reading_id', 'reading.film_id'])
    .where('reading.hospital_id', '=', unit.hospitalId)
    .where('reading.account_id', '=', accountId)
    .where('reading.act', '=', 'grade')
    .where('reading.at', '>=', since)
    .orderBy('reading.at', 'desc')
    .limit(1)
    .executeTakeFirst();

export const saveDraft = async (
  unit: UnitOfWork,
  filmId: string,
  accountId: string,
  content: string,
  at: Date,
): Promise<void> => {
  await unit.db
    .insertInto('reading_draft')
    .values({ hospital_id: unit.hospitalId, film_id: filmId, account_id: accountId, content, saved_at: at })
    .onConflict((conflict) =>
      conflict.columns(['hospital_id', 'film_id', 'account_id']).doUpdateSet({ content, saved_at: at }),
    )
    .execute();
};

export const findDraft = (unit: UnitOfWork, filmId: string, accountId: string) =>
  unit.db
    .selectFrom('reading_draft')
    .select('content')
    .where('hospital_id', '=', unit.hospitalId)
    .where('film_id', '=', filmId)
    .where('account_id', '=', accountId)
    .executeTakeFirst();

export const deleteDraft = async (unit: UnitOfWork, filmId: string, accountId: string): Promise<void> => {
  await unit.db
    .deleteFrom('reading_draft')
    .where('hospital_id', '=', unit.hospitalId)
    .where('film_id', '=', filmId)
    .where('account_id', '=', accountId)
    .execute();
};

/** Grades of the films of an exam, for the gate; what a draw left out (未抽中) is not waited for. */
export const findGradesOfExam = (unit: UnitOfWork, examId: string) =>
  unit.db
    .selectFrom('film')
    .select(['film_id', 'kind', 'sop_instance_uid', 'grade', 'score', 'state', 'is_missed_review', 'reading_id'])
    .where('hospital_id', '=', unit.hospitalId)
    .where('exam_id', '=', examId)
    .where('state', '<>', 'not-sampled')
    .execute();

/** Seconds a reader spent on each of the last films, the middle one. */
export const medianSecondsSpent = async (unit: UnitOfWork, accountId: string): Promise<number | null> => {
  const spent = await unit.db
    .selectFrom((eb) =>
      eb
        .selectFrom('reading')
        .select('seconds_spent')
        .where('hospital_id', '=', unit.hospitalId)
        .where('account_id', '=', accountId)
        .where('seconds_spent', 'is not', null)
        .orderBy('at', 'desc')
        .limit(50)
        .as('recent'),
    )
    .select(sql<number | null>`percentile_cont(0.5) within group (order by seconds_spent)`.as('median'))
    .executeTakeFirst();
  return spent?.median ?? null;
};
