import { randomUUID } from 'node:crypto';
import { AppError, type Clock } from '@jiapian/kernel';
import { judgeRefusal } from '@jiapian/rules';
import { recordEntry, type AuditActor } from '../audit/index.ts';
import type { UnitOfWork } from '../platform/database.ts';
import { findOpenTasks, insertNotices, type Reader } from '../review/index.ts';
import { findBenchCandidates } from './bench.repository.ts';
import {
  countFilmsOfExam,
  freeFilms,
  insertConsultation,
  insertEvent,
  updateConsultation,
} from './consultation.repository.ts';
import { requireConsultation, stateAfter } from './move-consultation.ts';

/** Somebody asks senior staff to judge films of an exam together (提请会诊); whoever may convene hears of it. */
export const askConsultation = async (
  unit: UnitOfWork,
  clock: Clock,
  reader: Reader,
  by: AuditActor,
  asked: { examId: string; filmIds: readonly string[]; question: string; taskId?: string },
): Promise<{ consultationId: string }> => {
  const at = clock.now();
  const filmIds = [...new Set(asked.filmIds)];
  if ((await countFilmsOfExam(unit, asked.examId, filmIds)) !== filmIds.length) {
    throw new AppError('CONSULTATION_FILMS_INVALID');
  }
  await requireNoAppeal(unit, filmIds);
  const consultationId = randomUUID();
  const isFree = await insertConsultation(unit, {
    ...{ consultationId, examId: asked.examId, question: asked.question, filmIds, at },
    ...{ askedBy: reader.accountId, taskId: asked.taskId ?? null },
  });
  if (!isFree) throw new AppError('CONSULTATION_RUNNING');
  await insertEvent(unit, consultationId, { event: 'asked', accountId: reader.accountId, at });
  if (asked.taskId === undefined) {
    const people = await findBenchCandidates(unit, { filmIds, askedBy: reader.accountId });
    const chairs = people.filter((one) => one.may_chair && judgeRefusal(factsOf(one)) === null);
    await insertNotices(
      unit,
      chairs.map((one) => one.account_id),
      { kind: 'consultation-asked', filmId: null, facts: {}, at },
    );
  }
  await recordEntry(unit, by, {
    action: 'consultations.asked',
    subjectKind: 'exam',
    subjectId: asked.examId,
    facts: { consultationId, films: filmIds.length },
  });
  return { consultationId };
};

/** While an appeal waits for its own reader, nobody else decides about the film. */
export const requireNoAppeal = async (unit: UnitOfWork, filmIds: readonly string[]): Promise<void> => {
  for (const filmId of filmIds) {
    const open = await findOpenTasks(unit, filmId);
    if (open.some(({ kind }) => kind === 'appeal')) throw new AppError('CONSULTATION_RUNNING', { kind: 'appeal' });
  }
};

export const factsOf = (one: { is_own_film: boolean; has_asked: boolean; has_read: boolean }) => ({
  isOwnFilm: one.is_own_film,
  hasAsked: one.has_asked,
  hasRead: one.has_read,
});

/** Taken back by whoever asked, while nobody has been named. */
export const withdrawConsultation = async (
  unit: UnitOfWork,
  clock: Clock,
  reader: Reader,
  by: AuditActor,
  consultationId: string,
): Promise<void> => {
  const at = clock.now();
  const found = await requireConsultation(unit, consultationId);
  if (found.asked_by !== reader.accountId) throw new AppError('CONSULTATION_NOT_FOUND');
  const state = stateAfter(found.state, 'taken-back');
  await freeFilms(unit, consultationId);
  await insertEvent(unit, consultationId, { event: 'taken-back', accountId: reader.accountId, at });
  await updateConsultation(unit, consultationId, { state, closed_at: at, closed_by: reader.accountId });
  const fact = { action: 'consultations.withdrawn', subjectKind: 'consultation', subjectId: consultationId };
  await recordEntry(unit, by, fact);
};
