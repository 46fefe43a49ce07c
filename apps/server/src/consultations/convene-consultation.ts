import { AppError, type Clock } from '@jiapian/kernel';
import { benchRefusal, judgeRefusal } from '@jiapian/rules';
import { recordEntry, type AuditActor } from '../audit/index.ts';
import type { UnitOfWork } from '../platform/database.ts';
import { insertNotices, requireTask, type Reader } from '../review/index.ts';
import { askConsultation, factsOf, requireNoAppeal } from './ask-consultation.ts';
import { findBenchCandidates, insertJudges, type BenchCandidate } from './bench.repository.ts';
import {
  findConsultationFilms,
  insertEvent,
  keepGradesBefore,
  updateConsultation,
  type ConsultationRecord,
} from './consultation.repository.ts';
import { requireConsultation, stateAfter } from './move-consultation.ts';

export interface Bench {
  readonly chairAccountId: string;
  readonly judgeAccountIds: readonly string[];
}

/** Names a chair and those who judge apart; refused for whoever took, asked for or graded one of the films. */
export const conveneConsultation = async (
  unit: UnitOfWork,
  clock: Clock,
  reader: Reader,
  by: AuditActor,
  consultationId: string,
  bench: Bench,
): Promise<void> => {
  const at = clock.now();
  const found = await requireConsultation(unit, consultationId);
  const state = stateAfter(found.state, 'convened');
  const filmIds = (await findConsultationFilms(unit, consultationId)).map(({ film_id }) => film_id);
  await requireNoAppeal(unit, filmIds);
  const people = await findBenchCandidates(unit, { filmIds, askedBy: interestedIn(found) });
  requireDisinterested(people, reader);
  const chosen = [...new Set(bench.judgeAccountIds)];
  const judges = people.filter(
    (one) => chosen.includes(one.account_id) && one.may_judge && judgeRefusal(factsOf(one)) === null,
  );
  const chair = judges.find((one) => one.account_id === bench.chairAccountId);
  const refusal = benchRefusal(chosen, bench.chairAccountId);
  if (refusal !== null || judges.length !== chosen.length || chair?.may_chair !== true) {
    throw new AppError('CONSULTATION_BENCH_INVALID', { refusal });
  }
  await keepGradesBefore(unit, consultationId);
  await insertJudges(
    unit,
    consultationId,
    judges.map(({ account_id, name, post }) => ({ account_id, name, post })),
  );
  await updateConsultation(unit, consultationId, { state, chair_account_id: chair.account_id, convened_at: at });
  await insertEvent(unit, consultationId, { event: 'convened', accountId: reader.accountId, at });
  await insertNotices(unit, chosen, { kind: 'consultation-called', filmId: null, facts: {}, at });
  await recordEntry(unit, by, {
    action: 'consultations.convened',
    subjectKind: 'consultation',
    subjectId: consultationId,
    facts: { judges: chosen.length },
  });
};

/** An arbitration goes to a consultation instead of a third reader; who sends it must be free to settle it. */
export const sendArbitration = async (
  unit: UnitOfWork,
  clock: Clock,
  reader: Reader,
  by: AuditActor,
  sent: Bench & { taskId: string; question: string },
): Promise<{ consultationId: string }> => {
  const task = await requireTask(unit, { reader, mayArbitrate: true }, sent.taskId, clock.now());
  if (task.kind !== 'arbitration' || task.state !== 'open') throw new AppError('REVIEW_TASK_CLOSED');
  const asked = { examId: task.exam_id, filmIds: [task.film_id], question: sent.question, taskId: task.task_id };
  const { consultationId } = await askConsultation(unit, clock, reader, by, asked);
  await conveneConsultation(unit, clock, reader, by, consultationId, sent);
  return { consultationId };
};

/** Who asked out of an interest; sending an arbitration on is a duty. */
export const interestedIn = ({ task_id, asked_by }: Pick<ConsultationRecord, 'task_id' | 'asked_by'>): string | null =>
  task_id === null ? asked_by : null;

/** Nobody convenes, declines or ends a consultation about own films or asked for by themselves. */
export const requireDisinterested = (people: readonly BenchCandidate[], reader: Reader): void => {
  const self = people.find((one) => one.account_id === reader.accountId);
  if (!self || self.is_own_film || self.has_asked) throw new AppError('CONSULTATION_OWN');
};
