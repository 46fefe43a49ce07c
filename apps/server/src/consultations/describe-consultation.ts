import type { BenchPerson, Consultation, ConsultationRow } from '@jiapian/contract';
import { AppError, type Grade } from '@jiapian/kernel';
import { judgeRefusal } from '@jiapian/rules';
import type { UnitOfWork } from '../platform/database.ts';
import { asReading, findReadings, requireTask, type Viewer } from '../review/index.ts';
import { factsOf } from './ask-consultation.ts';
import { findBenchCandidates, findJudges } from './bench.repository.ts';
import { findConsultations, type ConsultationLine } from './consultation-rows.repository.ts';
import { findConsultationFilms, findEvents } from './consultation.repository.ts';
import { interestedIn } from './convene-consultation.ts';
import { requireConsultation } from './move-consultation.ts';
import { findNotes, findOpinions, findSignatures, type OpinionRecord } from './opinion.repository.ts';

export interface Rights {
  readonly isSenior: boolean;
  readonly mayChair: boolean;
}

export const describeConsultations = async (
  unit: UnitOfWork,
  viewer: Viewer,
  { isSenior }: Rights,
  list: 'current' | 'closed',
): Promise<ConsultationRow[]> => {
  const of = { isSenior, isCurrent: list === 'current', consultationId: null };
  return (await findConsultations(unit, viewer, of)).map((line) => asRow(line, viewer));
};

/** Opinions are shown to those who sit once all are given, and to whoever may see it once it is signed. */
const areOpinionsShown = (line: ConsultationLine): boolean =>
  line.state === 'signed' || (line.is_judge && line.opened_at !== null);

/** One consultation, if this person may see it. */
export const describeConsultation = async (
  unit: UnitOfWork,
  viewer: Viewer,
  rights: Rights,
  consultationId: string,
): Promise<Consultation> => {
  const of = { isSenior: rights.isSenior, isCurrent: null, consultationId };
  const [line] = await findConsultations(unit, viewer, of);
  if (!line) throw new AppError('CONSULTATION_NOT_FOUND');
  const isShown = areOpinionsShown(line);
  const row = asRow(line, viewer);
  const opinions = await findOpinions(unit, consultationId);
  const signatures = await findSignatures(unit, consultationId);
  const list: Consultation['list'] = [];
  for (const film of await findConsultationFilms(unit, consultationId)) {
    list.push({
      number: film.number,
      filmId: film.film_id,
      positionCode: film.position_code,
      laterality: film.laterality,
      description: line.description,
      isJudged: opinions.some(({ number, account_id }) => number === film.number && account_id === viewer.accountId),
      gradeBefore: isShown ? (film.grade_before as Grade | null) : null,
      earlier: isShown ? await earlierReadings(unit, film.film_id, line) : [],
      signed: film.signed_grade,
      signedScore: film.signed_score,
      signedNote: film.signed_note ?? '',
    });
  }
  return {
    ...row,
    chairName: line.chair_name,
    convenedAt: line.convened_at?.toISOString() ?? null,
    openedAt: line.opened_at?.toISOString() ?? null,
    closedAt: line.closed_at?.toISOString() ?? null,
    closeReason: line.close_reason,
    conclusion: line.conclusion,
    accessionNumber: isShown ? line.accession_number : null,
    mayConvene: rights.mayChair && line.state === 'asked' && !line.is_own_film && !row.part.isAsker,
    list,
    bench: (await findJudges(unit, consultationId)).map((judge) => ({
      accountId: judge.account_id,
      name: judge.name,
      post: judge.post,
      isChair: judge.account_id === line.chair_account_id,
      hasJudged: signatures.some(({ account_id, signs }) => account_id === judge.account_id && signs === 'opinion'),
      excusedAt: judge.excused_at?.toISOString() ?? null,
      excuse: judge.excuse,
    })),
    opinions: opinions.filter(({ account_id }) => isShown || account_id === viewer.accountId).map(asOpinion),
    notes: isShown
      ? (await findNotes(unit, consultationId)).map(({ name, text, at }) => ({ name, text, at: at.toISOString() }))
      : [],
    signatures: signatures.map(({ name, signs, at, digest }) => ({ name, signs, at: at.toISOString(), digest })),
    history: (await findEvents(unit, consultationId)).map(({ event, name, at, account_id }) => ({
      event,
      name: row.askedByName === null && account_id === line.asked_by && line.task_id === null ? '' : name,
      at: at.toISOString(),
    })),
  };
};

/** Grades given before the consultation, without names, the oldest first. */
const earlierReadings = async (unit: UnitOfWork, filmId: string, { convened_at }: ConsultationLine) =>
  (await findReadings(unit, filmId))
    .filter(({ act, at }) => act === 'grade' && convened_at !== null && at < convened_at)
    .map((reading) => asReading({ ...reading, reader_name: '' }, ''))
    .reverse();

const asRow = (line: ConsultationLine, viewer: Viewer): ConsultationRow => {
  const isAsker = line.asked_by === viewer.accountId && line.task_id === null;
  return {
    consultationId: line.consultation_id,
    state: line.state,
    origin: line.task_id === null ? 'asked' : 'arbitration',
    question: line.question,
    askedAt: line.asked_at.toISOString(),
    askedByName: isAsker || areOpinionsShown(line) || line.task_id !== null ? line.asked_by_name : null,
    modality: line.modality,
    description: line.description,
    films: line.films,
    judges: line.judges,
    judged: line.judged,
    isOwnFilm: line.is_own_film,
    part: { isAsker, isJudge: line.is_judge, isChair: line.is_judge && line.chair_account_id === viewer.accountId },
  };
};

const asOpinion = (opinion: OpinionRecord): Consultation['opinions'][number] => ({
  number: opinion.number,
  accountId: opinion.account_id,
  at: opinion.at.toISOString(),
  grade: opinion.grade,
  score: opinion.score,
  marks: opinion.marks as unknown as Consultation['opinions'][number]['marks'],
  conditionsNotMet: opinion.conditions_not_met as unknown as string[],
  note: opinion.note,
  overrideReason: opinion.override_reason,
});

/** Senior staff who may sit about these films. */
export const describeBench = async (
  unit: UnitOfWork,
  viewer: Viewer,
  of: { consultationId?: string | undefined; taskId?: string | undefined },
): Promise<BenchPerson[]> => {
  const { filmIds, askedBy } = await benchSubject(unit, viewer, of);
  return (await findBenchCandidates(unit, { filmIds, askedBy }))
    .filter((one) => one.may_judge && judgeRefusal(factsOf(one)) === null)
    .map((one) => ({
      accountId: one.account_id,
      name: one.name,
      post: one.post,
      mayChair: one.may_chair,
      isMe: one.account_id === viewer.accountId,
    }));
};

const benchSubject = async (
  unit: UnitOfWork,
  viewer: Viewer,
  { consultationId, taskId }: { consultationId?: string | undefined; taskId?: string | undefined },
): Promise<{ filmIds: string[]; askedBy: string | null }> => {
  if (consultationId !== undefined) {
    const found = await requireConsultation(unit, consultationId);
    const films = await findConsultationFilms(unit, consultationId);
    return { filmIds: films.map(({ film_id }) => film_id), askedBy: interestedIn(found) };
  }
  const task = await requireTask(unit, { reader: viewer, mayArbitrate: true }, taskId ?? '', viewer.now);
  return { filmIds: [task.film_id], askedBy: null };
};
