import { AppError } from '@jiapian/kernel';
import { sql } from 'kysely';
import type { SystemUnitOfWork, UnitOfWork } from '../platform/database.ts';

export interface EndedExam {
  exam_id: string;
  last_received_at: Date;
  series_count: number;
  instance_count: number;
}
const endedColumns = sql`exam_id, last_received_at, series_count, instance_count`;

/** Hospitals in which an exam is still coming in. */
export const findReceivingHospitals = async ({ db }: SystemUnitOfWork): Promise<string[]> => {
  const rows = await db.selectFrom('exam').select('hospital_id').distinct().where('state', '=', 'receiving').execute();
  return rows.map(({ hospital_id }) => hospital_id);
};

/** Ends exams whose last object came before the moment; one that is being written to now is not waited for. */
export const endQuietExams = async (
  { db, hospitalId }: UnitOfWork,
  { now, quietSince, limit }: { now: Date; quietSince: Date; limit: number },
): Promise<readonly EndedExam[]> => {
  const ended = await sql<EndedExam>`
    update exam e set state = 'ready', ready_at = ${now}
    where e.hospital_id = ${hospitalId} and e.exam_id in (
        select exam_id from exam where hospital_id = ${hospitalId} and state = 'receiving'
          and last_received_at <= ${quietSince} order by exam_id limit ${limit}
        for update skip locked)
    returning ${endedColumns}`.execute(db);
  return ended.rows;
};

/** The exam, when it was not complete before. */
export const endExam = async (unit: UnitOfWork, examId: string, now: Date): Promise<readonly EndedExam[]> => {
  const ended = await sql<EndedExam>`
    update exam set state = 'ready', ready_at = ${now}, version = version + 1
    where hospital_id = ${unit.hospitalId} and exam_id = ${examId} and state = 'receiving'
    returning ${endedColumns}`.execute(unit.db);
  return ended.rows;
};

/** Completing a complete exam again changes nothing; one that is not there throws EXAMS_EXAM_NOT_FOUND. */
export const requireExam = async ({ db, hospitalId }: UnitOfWork, examId: string): Promise<void> => {
  const found = await db
    .selectFrom('exam')
    .select('exam_id')
    .where('hospital_id', '=', hospitalId)
    .where('exam_id', '=', examId)
    .executeTakeFirst();
  if (found === undefined) throw new AppError('EXAMS_EXAM_NOT_FOUND', { examId });
};
