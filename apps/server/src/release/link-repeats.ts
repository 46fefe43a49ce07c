import { AppError, transition, type Clock } from '@jiapian/kernel';
import { findRepeat, repeatTable, type RepeatFilm, type RepeatState } from '@jiapian/rules';
import { recordEntry, systemActor, type AuditActor } from '../audit/index.ts';
import { recordExamEvent } from '../exams/index.ts';
import type { UnitOfWork } from '../platform/database.ts';
import {
  findRepeatCandidates,
  findRepeatFilm,
  lockOpenOrdersOfPatient,
  lockRepeatOrder,
  updateRepeatOrder,
  type RepeatFilmRow,
} from './repeat-links.repository.ts';

/** Films of one patient that are looked at for one order. */
const CANDIDATES_MAX = 200;
const actor = systemActor('release');

/** Looks among the films of the patient of an exam for those that take the place of a rejected one. */
export const linkRepeats = async (unit: UnitOfWork, examId: string, at: Date): Promise<number> => {
  let linked = 0;
  for (const order of await lockOpenOrdersOfPatient(unit, examId)) {
    const rejected = await findRepeatFilm(unit, order.film_id);
    if (!rejected) continue;
    const candidates = await findRepeatCandidates(unit, rejected, CANDIDATES_MAX);
    const found = findRepeat(repeatFilmOf(rejected), candidates.map(repeatFilmOf));
    if (found === null) continue;
    await link(unit, actor, { ...order, exam_id: rejected.exam_id }, { filmId: found.filmId, source: found.by, at });
    linked += 1;
  }
  return linked;
};

/** A person says which film took the place of the rejected one. */
export const linkRepeatByHand = async (
  unit: UnitOfWork,
  clock: Clock,
  by: AuditActor,
  repeatOrderId: string,
  filmId: string,
): Promise<void> => {
  const order = await lockRepeatOrder(unit, repeatOrderId);
  if (!order) throw new AppError('RELEASE_REPEAT_NOT_FOUND');
  if (!transition(repeatTable, order.state as RepeatState, 'linked').ok)
    throw new AppError('RELEASE_ILLEGAL', { state: order.state });
  const rejected = await findRepeatFilm(unit, order.film_id);
  const film = await findRepeatFilm(unit, filmId);
  if (!rejected || !film || film.patient_id !== rejected.patient_id || film.film_id === rejected.film_id)
    throw new AppError('RELEASE_REPEAT_OTHER_PATIENT');
  await link(unit, by, order, { filmId, source: 'person', at: clock.now() });
};

/** The link was wrong: the order waits again. */
export const unlinkRepeat = async (
  unit: UnitOfWork,
  clock: Clock,
  by: AuditActor,
  repeatOrderId: string,
): Promise<void> => {
  const order = await lockRepeatOrder(unit, repeatOrderId);
  if (!order) throw new AppError('RELEASE_REPEAT_NOT_FOUND');
  if (order.replacement_film_id === null || !transition(repeatTable, order.state as RepeatState, 'unlinked').ok)
    throw new AppError('RELEASE_ILLEGAL', { state: order.state });
  await updateRepeatOrder(unit, repeatOrderId, {
    state: 'open',
    replacement_film_id: null,
    link_source: null,
    linked_at: null,
    linked_by: null,
    closed_at: null,
    closed_by: null,
  });
  const facts = { from: order.replacement_film_id };
  await recordExamEvent(unit, {
    examId: order.exam_id,
    at: clock.now(),
    event: 'repeat.unlinked',
    facts,
    accountId: by.accountId,
  });
  await recordEntry(unit, by, {
    action: 'release.repeat-unlinked',
    subjectKind: 'repeat-order',
    subjectId: repeatOrderId,
    facts,
  });
};

const link = async (
  unit: UnitOfWork,
  by: AuditActor,
  order: { repeat_order_id: string; exam_id: string },
  to: { filmId: string; source: 'accession' | 'device' | 'person'; at: Date },
): Promise<void> => {
  await updateRepeatOrder(unit, order.repeat_order_id, {
    state: 'done',
    replacement_film_id: to.filmId,
    link_source: to.source,
    linked_at: to.at,
    linked_by: by.accountId,
    closed_at: to.at,
    closed_by: by.accountId,
  });
  const facts = { film: to.filmId, source: to.source };
  const { exam_id: examId } = order;
  await recordExamEvent(unit, { examId, at: to.at, event: 'repeat.linked', facts, accountId: by.accountId });
  await recordEntry(unit, by, {
    action: 'release.repeat-linked',
    subjectKind: 'repeat-order',
    subjectId: order.repeat_order_id,
    facts,
  });
};

export const repeatFilmOf = (row: RepeatFilmRow): RepeatFilm => ({
  filmId: row.film_id,
  patientId: row.patient_id,
  deviceId: row.device_id,
  positionCode: row.position_code,
  accessionNumber: row.accession_number,
  takenMs: row.taken_at.getTime(),
  order: row.film_order,
});
