import { randomUUID } from 'node:crypto';
import { transition } from '@jiapian/kernel';
import {
  reconcileRejection,
  rejectionStatesInEffect,
  rejectionTable,
  type NewRejection,
  type RejectionCause,
  type RejectionState,
  type StandingRejection,
} from '@jiapian/rules';
import { recordEntry, systemActor } from '../audit/index.ts';
import { recordExamEvent } from '../exams/index.ts';
import type { UnitOfWork } from '../platform/database.ts';
import {
  findObjectsThere,
  findRecipes,
  insertRejection,
  lockStanding,
  resendForwards,
  updateRejection,
  type ObjectThere,
} from './rejection.repository.ts';
import { writeNote } from './write-note.ts';

const actor = systemActor('release');
type Recipe = Awaited<ReturnType<typeof findRecipes>>[number];

/**
 * Brings what the archives are told in line with what is rejected or superseded now, in the transaction of the change: a note, or a
 * task for a person where the archive does not understand notes. Doing it again changes nothing.
 */
export const reconcileRejections = async (
  unit: UnitOfWork,
  examId: string,
  at: Date,
  correctedBy: string | null = null,
): Promise<void> => {
  const there = await findObjectsThere(unit, examId);
  const standing = await lockStanding(unit, examId);
  if (there.every(({ title }) => title === null) && standing.length === 0) return;
  const { takeBack, tell } = reconcileRejection(
    groupRejected(there),
    groupPresent(there),
    standing.map((one) => ({ ...one, instanceUids: one.instanceUids.map((uid) => keyOf(uid, one.copyId)) })),
  );
  if (takeBack.length === 0 && tell.length === 0) return;
  const recipes = new Map((await findRecipes(unit)).map((recipe) => [recipe.destination_id, recipe]));
  for (const one of standing.filter(({ id }) => takeBack.includes(id))) {
    const change = { examId, at, accountId: correctedBy };
    await takeBackRejection(unit, change, one, recipes.get(one.destinationId));
  }
  for (const one of tell) {
    const told = { ...one, instanceUids: one.instanceUids.map(uidOfKey) };
    const graded = there.find((row) => row.account_id !== null && told.instanceUids.includes(row.sop_instance_uid));
    const accountId = graded?.account_id ?? correctedBy;
    await tellArchive(unit, { examId, at, accountId }, told, recipes.get(one.destinationId));
  }
};

/** An archive may have an object as received and as corrected: the rule tells them apart. */
const keyOf = (uid: string, copyId: string): string => `${uid} ${copyId}`;
const uidOfKey = (key: string): string => key.slice(0, key.indexOf(' '));

const groupRejected = (rows: readonly ObjectThere[]) =>
  new Map(
    [...Map.groupBy(rows, (row) => row.destination_id)].map(([destinationId, group]) => [
      destinationId,
      new Map(
        group.flatMap((row) =>
          row.title === null ? [] : [[keyOf(row.sop_instance_uid, row.copy_id), causeOf(row, row.title)] as const],
        ),
      ),
    ]),
  );

const causeOf = (row: ObjectThere, title: RejectionCause['title']): RejectionCause => ({
  title,
  reasonCode: row.reason_code,
  copyId: row.copy_id,
  isByHand: row.is_by_hand,
});

const groupPresent = (rows: readonly ObjectThere[]) =>
  new Map(
    [...Map.groupBy(rows, (row) => row.destination_id)].map(([destinationId, group]) => [
      destinationId,
      new Set(group.filter((row) => row.is_present).map((row) => keyOf(row.sop_instance_uid, row.copy_id))),
    ]),
  );

interface Change {
  examId: string;
  at: Date;
  accountId: string | null;
}

const tellArchive = async (unit: UnitOfWork, change: Change, told: NewRejection, recipe: Recipe | undefined) => {
  const rejectionId = randomUUID();
  const isNote = recipe?.reject_recipe !== 'task' && !told.isByHand;
  const note = isNote ? await writeNote(unit, { ...change, ...told }) : null;
  await insertRejection(unit, {
    rejection_id: rejectionId,
    exam_id: change.examId,
    destination_id: told.destinationId,
    title: told.title,
    reason_code: told.reasonCode,
    copy_id: told.copyId,
    revokes: null,
    instance_uids: [...told.instanceUids],
    sop_instance_uid: note?.sopInstanceUid ?? null,
    content: note?.content ?? null,
    state: isNote ? 'queued' : 'task',
    made_at: change.at,
    made_by: change.accountId,
  });
  await record(unit, change, 'rejection.made', rejectionId, {
    destination: recipe?.name ?? '',
    title: told.title,
    reason: told.reasonCode,
    objects: told.instanceUids.length,
    recipe: isNote ? 'note' : 'task',
  });
};

/** What the archive may know of has to be undone there in its own way; anything else just ends here. */
const takeBackRejection = async (
  unit: UnitOfWork,
  change: Change,
  one: StandingRejection & { state: RejectionState },
  recipe: Recipe | undefined,
) => {
  const next = transition(rejectionTable, one.state, 'taken-back');
  if (!next.ok) return;
  await updateRejection(unit, one.id, { state: next.value, closed_at: change.at });
  const facts = { destination: recipe?.name ?? '', objects: one.instanceUids.length, undo: recipe?.undo_recipe ?? '' };
  await record(unit, change, 'rejection.taken-back', one.id, facts);
  if (!rejectionStatesInEffect.includes(one.state)) return;
  const isByHand = recipe?.reject_recipe === 'task' || one.isByHand;
  if (!isByHand && recipe?.undo_recipe !== 'revoke-note') {
    await resendForwards(unit, one, change.at);
    return;
  }
  const note = isByHand ? null : await writeNote(unit, { ...change, ...one, title: 'revoke' });
  await insertRejection(unit, {
    rejection_id: randomUUID(),
    exam_id: change.examId,
    destination_id: one.destinationId,
    title: 'revoke',
    reason_code: one.reasonCode,
    copy_id: one.copyId,
    revokes: one.id,
    instance_uids: [...one.instanceUids],
    sop_instance_uid: note?.sopInstanceUid ?? null,
    content: note?.content ?? null,
    state: note === null ? 'task' : 'queued',
    made_at: change.at,
    made_by: change.accountId,
  });
};

const record = async (
  unit: UnitOfWork,
  { examId, at, accountId }: Change,
  event: string,
  rejectionId: string,
  facts: Record<string, unknown>,
): Promise<void> => {
  await recordExamEvent(unit, { examId, at, event, facts, accountId });
  await recordEntry(unit, actor, {
    action: `release.${event}`,
    subjectKind: 'rejection',
    subjectId: rejectionId,
    facts: { ...facts, examId },
  });
};
