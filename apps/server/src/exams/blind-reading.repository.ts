import { DAY_MS } from '@jiapian/kernel';
import { repeatAfterDays } from '@jiapian/rules';
import { sql, type RawBuilder } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';
import { mayReadBlind, type BlindViewer } from './blind-viewer.ts';

/**
 * An open reading beside the first that this viewer may do and has not done, of any film of the exam `e`. `kinds`
 * are the tasks that count; the film of a repeat counts once it is due again.
 */
const isOpenFor = (viewer: BlindViewer, kinds: readonly string[]): RawBuilder<boolean> => sql`exists (
  select from film join review_task task on task.hospital_id = film.hospital_id and task.film_id = film.film_id
  where film.hospital_id = e.hospital_id and film.exam_id = e.exam_id and task.state = 'open'
    and task.kind = any(${kinds}::text[])
    and case when task.kind = 'repeat'
      then task.for_account = ${viewer.accountId}
        and task.created_at <= ${new Date(viewer.now.getTime() - repeatAfterDays * DAY_MS)}
      else not exists (select from reading mine where mine.hospital_id = film.hospital_id
        and mine.film_id = film.film_id and mine.account_id = ${viewer.accountId}) end)`;

/** The exam's films count for the viewer: nobody reads those blind. */
const isOwnExam = (staffId: string | null): RawBuilder<boolean> => sql`coalesce(
  e.technologist_id = ${staffId}::uuid or exists (select from film
    where film.hospital_id = e.hospital_id and film.exam_id = e.exam_id
      and accountable_staff(film.hospital_id, e.technologist_id, film.day) = ${staffId}::uuid), false)`;

/** Fully blind (全盲): the reader of an appeal is masked only (隐名). */
const blindKinds = ({ permissions }: BlindViewer): readonly string[] =>
  permissions.has('review.arbitrate') ? ['second', 'repeat', 'arbitration'] : ['second', 'repeat'];
const maskedKinds = ['second', 'repeat', 'arbitration', 'appeal'];

/** Condition over `exam e`: the viewer is to read a film of it fully blind. */
export const isBlindExam = (viewer: BlindViewer): RawBuilder<boolean> =>
  sql`(${isOpenFor(viewer, blindKinds(viewer))} and not ${isOwnExam(viewer.staffId)})`;

/** Which of these exams the viewer is to read fully blind while the task is open. */
export const findBlindExams = async (
  { db, hospitalId }: UnitOfWork,
  viewer: BlindViewer,
  examIds: readonly string[],
): Promise<ReadonlySet<string>> => {
  if (examIds.length === 0 || !mayReadBlind(viewer)) return new Set();
  const found = await sql<{ exam_id: string }>`select e.exam_id from exam e
    where e.hospital_id = ${hospitalId} and e.exam_id = any(${examIds}::uuid[]) and ${isBlindExam(viewer)}`.execute(db);
  return new Set(found.rows.map((row) => row.exam_id));
};

/** Exams whose grade is hidden: somebody still reads a film of it, and this viewer has not. */
export const findExamsWithHiddenGrade = async (
  { db, hospitalId }: UnitOfWork,
  viewer: BlindViewer,
  examIds: readonly string[],
): Promise<ReadonlySet<string>> => {
  if (examIds.length === 0 || !mayReadBlind(viewer)) return new Set();
  const found = await sql<{ exam_id: string }>`select e.exam_id from exam e
    where e.hospital_id = ${hospitalId} and e.exam_id = any(${examIds}::uuid[])
      and ${isOpenFor(viewer, maskedKinds)}`.execute(db);
  return new Set(found.rows.map((row) => row.exam_id));
};
