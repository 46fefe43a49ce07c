import { randomUUID } from 'node:crypto';
import { transition } from '@jiapian/kernel';
import {
  reconcileRejection,
  rejectionStatesInEffect,
  rejectionTable,
  type NewRejection,
  type RejectionState,
  type StandingRejection,
} from '@jiapian/rules';
import { recordEntry, systemActor } from '../audit/index.ts';
import { recordExamEvent } from '../exams/index.ts';
import type { UnitOfWork } from '../platform/database.ts';
import {
  findPresent,
  findRecipes,
  findRejectedInstances,
  insertRejection,
  lockStanding,
  resendForwards,
  updateRejection,
} from './rejection.repository.ts';
import { writeNote } from './write-note.ts';

const actor = systemActor('release');
type Recipe = Awaited<ReturnType<typeof findRecipes>>[number];

/**
 * Brings what the archives are told in line with what is rejected now, in the transaction of the change: a note, or a
 * task for a person where the archive does not understand notes. Doing it again changes nothing.
 */
export const reconcileRejections = async (unit: UnitOfWork, examId: string, at: Date): Promise<void> => {
  const rejected = await findRejectedInstances(unit, examId);
  const standing = await lockStanding(unit, examId);
  if (rejected.length === 0 && standing.length === 0) return;
  const { takeBack, tell } = reconcileRejection(
    new Map(rejected.map((row) => [row.sop_instance_uid, { title: row.title, reasonCode: row.reason_code }])),
    groupPresent(await findPresent(unit, examId)),
    standing,
  );
  if (takeBack.length === 0 && tell.length === 0) return;
  const recipes = new Map((await findRecipes(unit)).map((recipe) => [recipe.destination_id, recipe]));
  for (const one of standing.filter(({ id }) => takeBack.includes(id))) {
    await takeBackRejection(unit, { examId, at, accountId: null }, one, recipes.get(one.destinationId));
  }
  for (const one of tell) {
    const accountId = rejected.find((row) => one.instanceUids.includes(row.sop_instance_uid))?.account_id ?? null;
    await tellArchive(unit, { examId, at, accountId }, one, recipes.get(one.destinationId));
  }
};

const groupPresent = (rows: readonly { destination_id: string; sop_instance_uid: string }[]) =>
  new Map(
    [...Map.groupBy(rows, (row) => row.destination_id)].map(([destinationId, group]) => [
      destinationId,
      new Set(group.map((row) => row.sop_instance_uid)),
    ]),
  );

interface Change {
  examId: string;
  at: Date;
  accountId: string | null;
}

const tellArchive = async (unit: UnitOfWork, change: Change, told: NewRejection, recipe: Recipe | undefined) => {
  const rejectionId = randomUUID();
  const isNote = recipe?.reject_recipe !== 'task';
  const note = isNote ? await writeNote(unit, { ...change, ...told }) : null;
  await insertRejection(unit, {
    rejection_id: rejectionId,
    exam_id: change.examId,
    destination_id: told.destinationId,
    title: told.title,
    reason_code: told.reasonCode,
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
  const isByHand = recipe?.reject_recipe === 'task';
  if (!isByHand && recipe?.undo_recipe !== 'revoke-note') {
    await resendForwards(unit, one.destinationId, one.instanceUids, change.at);
    return;
  }
  const note = isByHand ? null : await writeNote(unit, { ...change, ...one, title: 'revoke' });
  await insertRejection(unit, {
    rejection_id: randomUUID(),
    exam_id: change.examId,
    destination_id: one.destinationId,
    title: 'revoke',
    reason_code: one.reasonCode,
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
