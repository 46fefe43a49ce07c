import { randomUUID } from 'node:crypto';
import type { FilmDetail, TaskReadingRequest } from '@jiapian/contract';
import { AppError, type Clock } from '@jiapian/kernel';
import { checkReading, type CheckedReading, type ReviewStandard } from '@jiapian/rules';
import { recordEntry, type AuditActor } from '../audit/index.ts';
import type { UnitOfWork } from '../platform/database.ts';
import { softwareVersion } from '../platform/software-version.ts';
import { blindFilm, describeFilm, lockFilmRow, requireForeignFilm, type Reader, type Viewer } from '../review/index.ts';
import { currentStandard } from '../standards/index.ts';
import { findJudges } from './bench.repository.ts';
import { openWhenAllJudged } from './close-consultation.ts';
import { findConsultationFilms, insertEvent } from './consultation.repository.ts';
import { digestOf } from './digest-of.ts';
import { requireConsultation } from './move-consultation.ts';
import { findOpinions, insertOpinion, insertSignature } from './opinion.repository.ts';

/** What this judge still has to do: the consultation, the film, the films after it. */
const requireBenchFilm = async (unit: UnitOfWork, reader: Reader, consultationId: string, number: number) => {
  const found = await requireConsultation(unit, consultationId);
  const judge = (await findJudges(unit, consultationId)).find(({ account_id }) => account_id === reader.accountId);
  if (!judge || judge.excused_at !== null) throw new AppError('CONSULTATION_NOT_FOUND');
  const films = await findConsultationFilms(unit, consultationId);
  const film = films.find((each) => each.number === number);
  const row = film && (await lockFilmRow(unit, film.film_id));
  if (!film || !row) throw new AppError('CONSULTATION_NOT_FOUND');
  // The technologist of an exam may have been corrected since the bench was named.
  requireForeignFilm(row, reader);
  const opinions = await findOpinions(unit, consultationId);
  const own = opinions.filter(({ account_id }) => account_id === reader.accountId);
  return { found, judge, films, film, own };
};

/** The film as its judge sees it: fully blind, without any earlier reading or opinion. */
export const describeBenchFilm = async (
  unit: UnitOfWork,
  viewer: Viewer,
  consultationId: string,
  number: number,
): Promise<FilmDetail> => {
  const { found, film, own } = await requireBenchFilm(unit, viewer, consultationId, number);
  const isOpen = found.state === 'judging' && !own.some((opinion) => opinion.number === number);
  return blindFilm(await describeFilm(unit, viewer, film.film_id), {
    ...{ readings: [], isOpen },
    task: { taskId: consultationId, kind: 'consultation', depth: 'blind' },
  });
};

/** One judge's opinion of one film: checked like a reading, never changed; with the last one the judge has signed. */
export const judgeFilm = async (
  unit: UnitOfWork,
  clock: Clock,
  reader: Reader,
  by: AuditActor,
  at: { consultationId: string; number: number },
  request: TaskReadingRequest,
): Promise<{ opinionId: string; nextNumber: number | null }> => {
  const now = clock.now();
  const { consultationId, number } = at;
  const { found, judge, films, own } = await requireBenchFilm(unit, reader, consultationId, number);
  if (own.some((opinion) => opinion.number === number)) throw new AppError('CONSULTATION_JUDGED');
  if (found.state !== 'judging') throw new AppError('CONSULTATION_ILLEGAL', { state: found.state, event: 'judged' });
  const standard = await currentStandard(unit, now);
  if (standard.version !== request.standardVersion) {
    throw new AppError('REVIEW_STALE_VERSION', { standardVersion: standard.version });
  }
  const checked = checkReading(standard, { ...request, isCompared: true });
  if (!checked.ok) throw new AppError(checked.reason.code, checked.reason.facts);
  const opinion = opinionOf({ ...at, accountId: reader.accountId, at: now, request, standard, checked: checked.value });
  if (!(await insertOpinion(unit, opinion))) throw new AppError('CONSULTATION_JUDGED');
  await recordEntry(unit, by, {
    action: 'consultations.judged',
    subjectKind: 'consultation',
    subjectId: consultationId,
    facts: { number, opinionId: opinion.opinion_id },
  });
  const left = films.filter((each) => each.number !== number && !own.some((done) => done.number === each.number));
  if (left.length === 0) {
    const signed = (await findOpinions(unit, consultationId)).filter(
      ({ account_id }) => account_id === reader.accountId,
    );
    await insertSignature(unit, {
      ...{ consultation_id: consultationId, account_id: reader.accountId, signs: 'opinion', name: judge.name, at: now },
      digest: digestOf(signed),
    });
    await insertEvent(unit, consultationId, { event: 'judged', accountId: reader.accountId, at: now });
    await openWhenAllJudged(unit, found, { accountId: reader.accountId, at: now });
  }
  return { opinionId: opinion.opinion_id, nextNumber: left[0]?.number ?? null };
};

const opinionOf = (given: {
  consultationId: string;
  number: number;
  accountId: string;
  at: Date;
  request: TaskReadingRequest;
  standard: ReviewStandard;
  checked: CheckedReading;
}) => ({
  consultation_id: given.consultationId,
  number: given.number,
  account_id: given.accountId,
  opinion_id: randomUUID(),
  at: given.at,
  seconds_spent: given.request.secondsSpent,
  standard_id: given.standard.id,
  standard_version: given.standard.version,
  software_version: softwareVersion,
  marks: JSON.stringify(given.request.marks),
  conditions_not_met: JSON.stringify(given.request.conditionsNotMet),
  places: JSON.stringify(given.request.places),
  criteria: JSON.stringify(given.request.criteria ?? {}),
  note: given.request.note,
  override_reason: given.checked.isOverridden ? given.request.overrideReason : null,
  grade: given.request.grade,
  score: given.checked.outcome.score,
});
