import { DAY_MS } from '@jiapian/kernel';
import { repeatAfterDays, type Disagreement, type ReviewTaskKind, type ReviewTaskState } from '@jiapian/rules';
import { sql, type SqlBool } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';
import { isInConsultation } from './consultation-standing.repository.ts';
import { isOwnFilm } from './film-selection.repository.ts';
import type { Viewer } from './film-rows.repository.ts';

export interface NewTask {
  readonly taskId: string;
  readonly filmId: string;
  readonly kind: ReviewTaskKind;
  readonly firstReadingId: string;
  readonly secondReadingId?: string;
  readonly forAccount?: string;
  readonly appealId?: string;
  readonly disagreements?: readonly Disagreement[];
  readonly at: Date;
}

/** A film has at most one open task of a kind; a second one changes nothing. */
export const insertTask = async (unit: UnitOfWork, task: NewTask): Promise<void> => {
  await unit.db
    .insertInto('review_task')
    .values({
      hospital_id: unit.hospitalId,
      task_id: task.taskId,
      film_id: task.filmId,
      kind: task.kind,
      for_account: task.forAccount ?? null,
      first_reading_id: task.firstReadingId,
      second_reading_id: task.secondReadingId ?? null,
      disagreements: JSON.stringify(task.disagreements ?? []),
      appeal_id: task.appealId ?? null,
      created_at: task.at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
};

const selectTasks = (unit: UnitOfWork) =>
  unit.db
    .selectFrom('review_task')
    .innerJoin('film', (join) =>
      join.onRef('film.hospital_id', '=', 'review_task.hospital_id').onRef('film.film_id', '=', 'review_task.film_id'),
    )
    .innerJoin('exam', (join) =>
      join.onRef('exam.hospital_id', '=', 'film.hospital_id').onRef('exam.exam_id', '=', 'film.exam_id'),
    )
    .where('review_task.hospital_id', '=', unit.hospitalId);

/** Open tasks this person may do: not their own film, not read by them before, a repeat only when it is due. */
export const findTasks = async (unit: UnitOfWork, viewer: Viewer, mayArbitrate: boolean, limit: number) => {
  let query = selectTasks(unit)
    .select([
      'review_task.task_id',
      'review_task.kind',
      'review_task.film_id',
      'review_task.created_at',
      'review_task.disagreements',
      'exam.modality',
      'exam.description',
      'film.position_code',
      'film.laterality',
    ])
    .where('review_task.state', '=', 'open')
    .where(sql<SqlBool>`not ${isOwnFilm(viewer.staffId)}`)
    .where(sql<SqlBool>`not (review_task.kind = 'arbitration' and ${isInConsultation})`)
    .where(
      sql<SqlBool>`case when review_task.kind = 'repeat'
        then review_task.for_account = ${viewer.accountId}
          and review_task.created_at <= ${new Date(viewer.now.getTime() - repeatAfterDays * DAY_MS)}
        else not exists (select from reading where reading.hospital_id = film.hospital_id
            and reading.film_id = film.film_id and reading.account_id = ${viewer.accountId})
          and not exists (select from appeal where appeal.hospital_id = film.hospital_id
            and appeal.appeal_id = review_task.appeal_id and appeal.account_id = ${viewer.accountId}) end`,
    );
  if (!mayArbitrate) query = query.where('review_task.kind', '<>', 'arbitration');
  return query.orderBy('review_task.created_at').orderBy('review_task.task_id').limit(limit).execute();
};

/** The task and what must be known of its film; locked until the transaction ends. */
export const lockTask = (unit: UnitOfWork, taskId: string) =>
  selectTasks(unit)
    .leftJoin('appeal', (join) =>
      join
        .onRef('appeal.hospital_id', '=', 'review_task.hospital_id')
        .onRef('appeal.appeal_id', '=', 'review_task.appeal_id'),
    )
    .selectAll('review_task')
    .select(['exam.technologist_id', 'film.exam_id', 'film.day', 'appeal.account_id as appellant_id'])
    .select(
      sql<string | null>`accountable_staff(film.hospital_id, exam.technologist_id, film.day)`.as('accountable_id'),
    )
    .where('review_task.task_id', '=', taskId)
    .forUpdate('review_task')
    .executeTakeFirst();
export type TaskForDecision = NonNullable<Awaited<ReturnType<typeof lockTask>>>;

export const closeTask = async (
  unit: UnitOfWork,
  taskId: string,
  closed: { state: ReviewTaskState; at: Date; readingId: string | null },
): Promise<void> => {
  await unit.db
    .updateTable('review_task')
    .set({ state: closed.state, closed_at: closed.at, reading_id: closed.readingId })
    .where('hospital_id', '=', unit.hospitalId)
    .where('task_id', '=', taskId)
    .execute();
};

/** Kinds of the film's open tasks, and those tasks. */
export const findOpenTasks = (unit: UnitOfWork, filmId: string) =>
  unit.db
    .selectFrom('review_task')
    .select(['task_id', 'kind', 'state'])
    .where('hospital_id', '=', unit.hospitalId)
    .where('film_id', '=', filmId)
    .where('state', '=', 'open')
    .execute();

export const hasRead = async (unit: UnitOfWork, filmId: string, accountId: string): Promise<boolean> => {
  const read = await unit.db
    .selectFrom('reading')
    .select('reading_id')
    .where('hospital_id', '=', unit.hospitalId)
    .where('film_id', '=', filmId)
    .where('account_id', '=', accountId)
    .limit(1)
    .executeTakeFirst();
  return read !== undefined;
};

export const findReading = (unit: UnitOfWork, readingId: string) =>
  unit.db
    .selectFrom('reading')
    .selectAll()
    .where('hospital_id', '=', unit.hospitalId)
    .where('reading_id', '=', readingId)
    .executeTakeFirst();
