import { AppError, type Clock } from '@jiapian/kernel';
import type { ObjectStore } from '../archive/index.ts';
import { recordEntry, type AuditActor } from '../audit/index.ts';
import type { RegisterBatch, RegisterOutcome } from '../exams/index.ts';
import type { Database } from '../platform/database.ts';
import { decideQuarantined, findQuarantined } from './intake.repository.ts';
import { rebuildReceived } from './rebuild-received.ts';

export interface QuarantineParts {
  database: Database;
  store: ObjectStore;
  clock: Clock;
  registerBatch: RegisterBatch;
}

interface Decision {
  hospitalId: string;
  objectId: string;
  by: AuditActor;
}

/** Tries once more to enter an object, for example after a correction of the software. Throws `INTAKE_QUARANTINE_NOT_FOUND`. */
export const retryQuarantined = async (
  parts: QuarantineParts,
  { hospitalId, objectId, by }: Decision,
): Promise<RegisterOutcome> => {
  const { database, store, clock, registerBatch } = parts;
  await database.withHospital(hospitalId, async (unit) => {
    const row = await findQuarantined(unit, objectId);
    if (row?.state !== 'waiting') throw new AppError('INTAKE_QUARANTINE_NOT_FOUND', { objectId });
  });
  const received = await rebuildReceived(store, objectId);
  if (received === undefined) throw new AppError('ARCHIVE_OBJECT_NOT_FOUND', { objectId });
  const [outcome] = await registerBatch([received]);
  if (outcome === undefined) throw new AppError('SERVER_DEFECT', { reason: 'outcomes-missing' });
  await database.withHospital(hospitalId, async (unit) => {
    if (outcome.kind !== 'quarantined') {
      await decideQuarantined(unit, {
        objectId,
        state: 'registered',
        at: clock.now(),
        by: by.accountId,
        note: outcome.kind,
      });
    }
    await recordEntry(unit, by, {
      action: 'intake.retry',
      subjectKind: 'object',
      subjectId: objectId,
      facts: { outcome: outcome.kind },
    });
  });
  if (outcome.kind === 'registered' || outcome.kind === 'conflict') await store.move(objectId, 'objects');
  if (outcome.kind === 'duplicate' && outcome.heldObjectId !== objectId) await store.remove(objectId);
  return outcome;
};

/** A named person says why the object is not needed; its bytes stay. Throws `INTAKE_QUARANTINE_NOT_FOUND`. */
export const dismissQuarantined = async (
  { database, clock }: Pick<QuarantineParts, 'database' | 'clock'>,
  { hospitalId, objectId, by, note }: Decision & { note: string },
): Promise<void> => {
  await database.withHospital(hospitalId, async (unit) => {
    const decision = { objectId, state: 'dismissed', at: clock.now(), by: by.accountId, note } as const;
    if (!(await decideQuarantined(unit, decision))) throw new AppError('INTAKE_QUARANTINE_NOT_FOUND', { objectId });
    await recordEntry(unit, by, { action: 'intake.dismiss', subjectKind: 'object', subjectId: objectId });
  });
};
