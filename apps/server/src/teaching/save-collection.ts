import { randomUUID } from 'node:crypto';
import { AppError } from '@jiapian/kernel';
import { recordEntry, type AuditActor } from '../audit/index.ts';
import type { UnitOfWork } from '../platform/database.ts';
import { lockCase } from './cases.repository.ts';
import {
  addToCollection,
  deleteCollection,
  findCollection,
  insertCollection,
  takeFromCollection,
} from './collections.repository.ts';

export const openCollection = async (
  unit: UnitOfWork,
  by: AuditActor,
  one: { name: string; description: string; accountId: string; at: Date },
): Promise<string> => {
  const collectionId = randomUUID();
  const { name, description, accountId, at } = one;
  if (!(await insertCollection(unit, { collectionId, name, description, by: accountId, at })))
    throw new AppError('TEACHING_NAME_TAKEN');
  await record(unit, by, 'teaching.collection-opened', collectionId, { name });
  return collectionId;
};

/** The collection goes; its cases stay in the teaching file. */
export const dropCollection = async (unit: UnitOfWork, by: AuditActor, collectionId: string): Promise<void> => {
  if (!(await deleteCollection(unit, collectionId))) throw new AppError('TEACHING_COLLECTION_NOT_FOUND');
  await record(unit, by, 'teaching.collection-dropped', collectionId);
};

/** Only a case that a person has confirmed enters a collection. */
export const putIntoCollection = async (
  unit: UnitOfWork,
  by: AuditActor,
  { collectionId, caseId, at }: { collectionId: string; caseId: string; at: Date },
): Promise<void> => {
  const stored = await lockCase(unit, caseId);
  if (!stored) throw new AppError('TEACHING_CASE_NOT_FOUND', { caseId });
  if (stored.state !== 'confirmed') throw new AppError('TEACHING_WRONG_STATE', { state: stored.state });
  if (!(await findCollection(unit, collectionId))) throw new AppError('TEACHING_COLLECTION_NOT_FOUND');
  await addToCollection(unit, { collectionId, caseId, at });
  await record(unit, by, 'teaching.collection-filled', collectionId, { caseId });
};

export const takeOutOfCollection = async (
  unit: UnitOfWork,
  by: AuditActor,
  { collectionId, caseId }: { collectionId: string; caseId: string },
): Promise<void> => {
  await takeFromCollection(unit, { collectionId, caseId });
  await record(unit, by, 'teaching.collection-emptied', collectionId, { caseId });
};

const record = (
  unit: UnitOfWork,
  by: AuditActor,
  action: string,
  collectionId: string,
  facts: Record<string, unknown> = {},
): Promise<void> =>
  recordEntry(unit, by, { action, subjectKind: 'teaching-collection', subjectId: collectionId, facts });
