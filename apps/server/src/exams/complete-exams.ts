import { recordEntry, type AuditActor } from '../audit/index.ts';
import { readHospitalSettings } from '../organization/index.ts';
import type { Database, UnitOfWork } from '../platform/database.ts';
import type { LiveEvents } from '../platform/live-events.ts';
import {
  endExam,
  endQuietExams,
  findReceivingHospitals,
  requireExam,
  type EndedExam,
} from './complete-exams.repository.ts';
import { recordExamEvents, type ExamEvent } from './exam-events.repository.ts';

type Publish = Pick<LiveEvents, 'publishWith'>;

/** More exams than one department ends in a second; the rest follow with the next tick. */
const examsPerTick = 500;

/**
 * Exams whose last object came longer ago than the hospital's quiet period are ready for review. One that is being
 * written to at this moment is not quiet, so its lock is not waited for.
 */
export const completeQuietExams = (database: Database, liveEvents: Publish, now: Date): Promise<number> =>
  database.withSystem(async (system) => {
    const hospitals = await findReceivingHospitals(system);
    let completed = 0;
    for (const hospitalId of hospitals) {
      const unit = system.asHospital(hospitalId);
      const { quietSeconds } = await readHospitalSettings(unit);
      const quietSince = new Date(now.getTime() - quietSeconds * 1000);
      const exams = await endQuietExams(unit, { now, quietSince, limit: examsPerTick });
      await afterCompletion(unit, exams, { now, by: 'quiet-period', accountId: null }, liveEvents);
      completed += exams.length;
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
  if (exams.length === 0) return requireExam(unit, examId);
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
