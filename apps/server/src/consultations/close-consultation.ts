import { AppError, type Clock } from '@jiapian/kernel';
import { areAllJudged, leastJudges } from '@jiapian/rules';
import { recordEntry, type AuditActor } from '../audit/index.ts';
import type { UnitOfWork } from '../platform/database.ts';
import { insertNotices, type Reader } from '../review/index.ts';
import { excuseJudge, findBenchCandidates, findJudges } from './bench.repository.ts';
import {
  findConsultationFilms,
  freeFilms,
  insertEvent,
  updateConsultation,
  type ConsultationRecord,
} from './consultation.repository.ts';
import { interestedIn, requireDisinterested } from './convene-consultation.ts';
import { requireConsultation, stateAfter } from './move-consultation.ts';
import { findOpinions } from './opinion.repository.ts';

/** Not taken up, or called off after it had begun; the films go on as before, and those concerned are told. */
export const closeConsultation = async (
  unit: UnitOfWork,
  clock: Clock,
  reader: Reader,
  by: AuditActor,
  consultationId: string,
  closing: { event: 'declined' | 'stopped'; reason: string },
): Promise<void> => {
  const at = clock.now();
  const found = await requireConsultation(unit, consultationId);
  const state = stateAfter(found.state, closing.event);
  const filmIds = (await findConsultationFilms(unit, consultationId)).map(({ film_id }) => film_id);
  requireDisinterested(await findBenchCandidates(unit, { filmIds, askedBy: interestedIn(found) }), reader);
  const judges = await findJudges(unit, consultationId);
  await freeFilms(unit, consultationId);
  await insertEvent(unit, consultationId, { event: closing.event, accountId: reader.accountId, at });
  await updateConsultation(unit, consultationId, {
    ...{ state, closed_at: at, closed_by: reader.accountId, close_reason: closing.reason },
  });
  const to = [found.asked_by, ...judges.map(({ account_id }) => account_id)];
  await insertNotices(
    unit,
    to.filter((accountId) => accountId !== reader.accountId),
    { kind: 'consultation-closed', filmId: null, facts: {}, at },
  );
  await recordEntry(unit, by, {
    action: `consultations.${closing.event}`,
    subjectKind: 'consultation',
    subjectId: consultationId,
  });
};

/** A judge who can't come is let go by the chair, with a reason, while at least two remain. */
export const excuseFromConsultation = async (
  unit: UnitOfWork,
  clock: Clock,
  reader: Reader,
  by: AuditActor,
  consultationId: string,
  excused: { accountId: string; reason: string },
): Promise<void> => {
  const at = clock.now();
  const found = await requireConsultation(unit, consultationId);
  if (found.chair_account_id !== reader.accountId) throw new AppError('CONSULTATION_NOT_FOUND');
  const sitting = (await findJudges(unit, consultationId)).filter(({ excused_at }) => excused_at === null);
  const isSitting = sitting.some(({ account_id }) => account_id === excused.accountId);
  const films = (await findConsultationFilms(unit, consultationId)).length;
  const given = (await findOpinions(unit, consultationId)).filter(({ account_id }) => account_id === excused.accountId);
  const isFree = isSitting && excused.accountId !== reader.accountId && given.length < films;
  if (found.state !== 'judging' || !isFree || sitting.length <= leastJudges) {
    throw new AppError('CONSULTATION_ILLEGAL', { state: found.state, event: 'excused' });
  }
  await excuseJudge(unit, consultationId, { ...excused, at });
  await insertEvent(unit, consultationId, { event: 'excused', accountId: reader.accountId, at });
  await recordEntry(unit, by, {
    action: 'consultations.excused',
    subjectKind: 'consultation',
    subjectId: consultationId,
    facts: { accountId: excused.accountId },
  });
  await openWhenAllJudged(unit, found, { accountId: reader.accountId, at });
};

/** The last opinion opens them all; the judges are told. */
export const openWhenAllJudged = async (
  unit: UnitOfWork,
  { consultation_id: consultationId, state }: Pick<ConsultationRecord, 'consultation_id' | 'state'>,
  last: { accountId: string; at: Date },
): Promise<void> => {
  const sitting = (await findJudges(unit, consultationId)).filter(({ excused_at }) => excused_at === null);
  const films = (await findConsultationFilms(unit, consultationId)).length;
  const opinions = (await findOpinions(unit, consultationId)).length;
  if (!areAllJudged(sitting.length, films, opinions)) return;
  await updateConsultation(unit, consultationId, { state: stateAfter(state, 'all-judged'), opened_at: last.at });
  await insertEvent(unit, consultationId, { event: 'all-judged', ...last });
  await insertNotices(
    unit,
    sitting.map(({ account_id }) => account_id).filter((accountId) => accountId !== last.accountId),
    { kind: 'consultation-open', filmId: null, facts: {}, at: last.at },
  );
};
