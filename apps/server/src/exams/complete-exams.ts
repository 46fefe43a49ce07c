import { AppError } from '@jiapian/kernel';
import { sql } from 'kysely';
import { recordEntry, type AuditActor } from '../audit/index.ts';
import { readHospitalSettings } from '../organization/index.ts';
import type { Database, UnitOfWork } from '../platform/database.ts';
import type { LiveEvents } from '../platform/live-events.ts';
import { recordExamEvents, type ExamEvent } from './exam-events.ts';

type Publish = Pick<LiveEvents, 'publishWith'>;

/** More exams than one department ends in a second; the rest follow with the next tick. */
const examsPerTick = 500;

/**
 * Exams whose last object came longer ago than the hospital's quiet period are ready for review. One that is being
 * written to at this moment is not quiet, so its lock is not waited for.
 */
export const completeQuietExams = (database: Database, liveEvents: Publish, now: Date): Promise<number> =>
  database.withSystem(async (system) => {
    const hospitals = await system.db
      .selectFrom('exam')
      .select('hospital_id')
      .distinct()
      .where('state', '=', 'receiving')
      .execute();
    let completed = 0;
    for (const { hospital_id } of hospitals) {
      const unit = system.asHospital(hospital_id);
      const { quietSeconds } = await readHospitalSettings(unit);
      const quietSince = new Date(now.getTime() - quietSeconds * 1000);
      const exams = await sql<EndedExam>`
        update exam e set state = 'ready', ready_at = ${now}
        where e.hospital_id = ${hospital_id} and e.exam_id in (
            select exam_id from exam where hospital_id = ${hospital_id} and state = 'receiving'
              and last_received_at <= ${quietSince} order by exam_id limit ${examsPerTick}
            for update skip locked)
        returning ${endedColumns}`.execute(system.db);
      await afterCompletion(unit, exams.rows, { now, by: 'quiet-period', accountId: null }, liveEvents);
      completed += exams.rows.length;
    }
    return completed;
  });

/** An exam is complete because a person says so. */
export const completeExam = async (
  unit: UnitOfWork,
  by: AuditActor,
  examId: string,
  { now, liveEvents }: { now: Date; liveEvents: Publish },
): Promise<void> => {
  const exams = await endExam(unit, examId, now);
  if (exams.length === 0) return refuseUnknownExam(unit, examId);
  await afterCompletion(unit, exams, { now, by: 'person', accountId: by.accountId }, liveEvents);
  await recordEntry(unit, by, { action: 'exams.complete', subjectKind: 'exam', subjectId: examId });
};

/** An exam is complete because its modality says that it is done (MPPS), and all that it made is here. */
export const completePerformedExam = async (
  unit: UnitOfWork,
  examId: string,
  { now, liveEvents }: { now: Date; liveEvents: Publish },
): Promise<void> => {
  const exams = await endExam(unit, examId, now);
  await afterCompletion(unit, exams, { now, by: 'modality', accountId: null }, liveEvents);
};

interface EndedExam {
  exam_id: string;
  last_received_at: Date;
  series_count: number;
  instance_count: number;
}
const endedColumns = sql`exam_id, last_received_at, series_count, instance_count`;

/** The exam, when it was not complete before. */
const endExam = async (unit: UnitOfWork, examId: string, now: Date): Promise<readonly EndedExam[]> => {
  const ended = await sql<EndedExam>`
    update exam set state = 'ready', ready_at = ${now}, version = version + 1
    where hospital_id = ${unit.hospitalId} and exam_id = ${examId} and state = 'receiving'
    returning ${endedColumns}`.execute(unit.db);
  return ended.rows;
};

const afterCompletion = async (
  unit: UnitOfWork,
  exams: readonly EndedExam[],
  end: { now: Date; by: 'quiet-period' | 'person' | 'modality'; accountId: string | null },
  liveEvents: Publish,
): Promise<void> => {
  if (exams.length === 0) return;
  await recordExamEvents(
    unit,
    exams.flatMap((exam) => eventsOf(exam, end)),
  );
  for (const { exam_id: examId } of exams) await unit.emit({ name: 'exam.completed', payload: { examId } });
  await liveEvents.publishWith(unit, 'exams.changed');
};

const eventsOf = (
  exam: EndedExam,
  { now, by, accountId }: { now: Date; by: string; accountId: string | null },
): ExamEvent[] => {
  const counts = { series: exam.series_count, instances: exam.instance_count };
  return [
    { examId: exam.exam_id, at: exam.last_received_at, event: 'exam.last-received', facts: counts },
    { examId: exam.exam_id, at: now, event: 'exam.completed', facts: { ...counts, by }, accountId },
  ];
};

/** Completing a complete exam again changes nothing; completing one that is not there is an error. */
const refuseUnknownExam = async ({ db, hospitalId }: UnitOfWork, examId: string): Promise<void> => {
  const found = await db
    .selectFrom('exam')
    .select('exam_id')
    .where('hospital_id', '=', hospitalId)
    .where('exam_id', '=', examId)
    .executeTakeFirst();
  if (found === undefined) throw new AppError('EXAMS_EXAM_NOT_FOUND', { examId });
};
