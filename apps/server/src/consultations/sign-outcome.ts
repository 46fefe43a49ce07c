import type { SignatureRequest } from '@jiapian/contract';
import { AppError, type Clock, type Grade } from '@jiapian/kernel';
import { needsChairReason } from '@jiapian/rules';
import { recordEntry, type AuditActor } from '../audit/index.ts';
import type { UnitOfWork } from '../platform/database.ts';
import { saveCollectiveReading, type Reader } from '../review/index.ts';
import { findJudges } from './bench.repository.ts';
import {
  findConsultationFilms,
  freeFilms,
  insertEvent,
  keepReading,
  updateConsultation,
} from './consultation.repository.ts';
import { digestOf } from './digest-of.ts';
import { requireConsultation, stateAfter } from './move-consultation.ts';
import { findNotes, findOpinions, findSignatures, insertNote, insertSignature } from './opinion.repository.ts';

/**
 * The chair signs what they came to (签发): for each film a reading of its own kind that the grade follows, the minutes
 * closed for good. A grade that no judge gave needs a line of reason.
 */
export const signOutcome = async (
  unit: UnitOfWork,
  clock: Clock,
  reader: Reader,
  by: AuditActor,
  consultationId: string,
  request: SignatureRequest,
): Promise<void> => {
  const at = clock.now();
  const found = await requireConsultation(unit, consultationId);
  if (found.chair_account_id !== reader.accountId) throw new AppError('CONSULTATION_NOT_FOUND');
  const state = stateAfter(found.state, 'signed');
  const films = await findConsultationFilms(unit, consultationId);
  const opinions = await findOpinions(unit, consultationId);
  const judges = await findJudges(unit, consultationId);
  const alsoTell = [found.asked_by, ...judges.filter((one) => one.excused_at === null).map((one) => one.account_id)];
  requireEachOnce(
    films.map(({ number }) => number),
    request.films.map(({ number }) => number),
  );
  for (const [index, film] of films.entries()) {
    const decision = request.films.find(({ number }) => number === film.number);
    if (!decision) throw new AppError('CONSULTATION_FILMS_INVALID');
    const given = opinions.filter(({ number }) => number === film.number).map(({ grade }) => grade as Grade);
    if (needsChairReason(decision.grade, given) && decision.note === '') {
      throw new AppError('CONSULTATION_REASON_REQUIRED', { number: film.number });
    }
    const { readingId } = await saveCollectiveReading(unit, clock, reader, by, film.film_id, {
      ...decision,
      ...{ kind: 'consultation', isCollective: true, standardVersion: request.standardVersion },
      // Whoever asked and judged hears of it once, however many films there are.
      alsoTell: index === 0 ? alsoTell.filter((accountId) => accountId !== reader.accountId) : [],
    });
    await keepReading(unit, consultationId, { number: film.number, readingId });
  }
  await freeFilms(unit, consultationId);
  await insertEvent(unit, consultationId, { event: 'signed', accountId: reader.accountId, at });
  const chair = judges.find((one) => one.account_id === reader.accountId);
  await insertSignature(unit, {
    ...{ consultation_id: consultationId, account_id: reader.accountId, signs: 'outcome', name: chair?.name ?? '', at },
    digest: digestOf({
      ...{ consultationId, question: found.question, conclusion: request.conclusion, films: request.films, opinions },
      ...{ notes: await findNotes(unit, consultationId), signatures: await findSignatures(unit, consultationId), at },
    }),
  });
  await updateConsultation(unit, consultationId, {
    ...{ state, conclusion: request.conclusion, closed_at: at, closed_by: reader.accountId },
  });
  await recordEntry(unit, by, {
    action: 'consultations.signed',
    subjectKind: 'consultation',
    subjectId: consultationId,
    facts: { films: films.length },
  });
};

const requireEachOnce = (wanted: readonly number[], given: readonly number[]): void => {
  const isSame = wanted.length === given.length && wanted.every((number) => given.includes(number));
  if (!isSame) throw new AppError('CONSULTATION_FILMS_INVALID');
};

/** A line of the minutes, by one of those who sit, while they talk. */
export const addConsultationNote = async (
  unit: UnitOfWork,
  clock: Clock,
  reader: Reader,
  by: AuditActor,
  consultationId: string,
  text: string,
): Promise<void> => {
  const found = await requireConsultation(unit, consultationId);
  const judge = (await findJudges(unit, consultationId)).find(({ account_id }) => account_id === reader.accountId);
  if (!judge || judge.excused_at !== null) throw new AppError('CONSULTATION_NOT_FOUND');
  if (found.state !== 'open') throw new AppError('CONSULTATION_ILLEGAL', { state: found.state, event: 'note' });
  await insertNote(unit, { consultationId, accountId: reader.accountId, text, at: clock.now() });
  const fact = { action: 'consultations.note-added', subjectKind: 'consultation', subjectId: consultationId };
  await recordEntry(unit, by, fact);
};
