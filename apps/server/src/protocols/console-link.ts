import { randomBytes, randomUUID } from 'node:crypto';
import type { ConsoleTable } from '@jiapian/contract';
import { AppError } from '@jiapian/kernel';
import type { ParameterTable } from '@jiapian/rules';
import type { AuditActor } from '../audit/index.ts';
import type { Database, UnitOfWork } from '../platform/database.ts';
import { endConsoleLink, findByConsoleCode, findConsoleLink, insertConsoleLink } from './console.repository.ts';
import { signaturesOf } from './describe-tables.ts';
import { findHospital } from './devices.repository.ts';
import { enter } from './enter.ts';
import { requireDevice } from './require-device.ts';
import { findInForce, findSignatures } from './tables.repository.ts';

/** 192 bits nobody can guess. */
const codeBytes = 24;

/** A new link for the console of a device; the one before it ends, so that a lost print-out can be made void. */
export const renewConsoleLink = async (
  unit: UnitOfWork,
  by: AuditActor,
  { deviceId, at }: { deviceId: string; at: Date },
): Promise<{ code: string; createdAt: string }> => {
  await requireDevice(unit, deviceId);
  const hadOne = await endConsoleLink(unit, deviceId, at);
  const code = randomBytes(codeBytes).toString('base64url');
  await insertConsoleLink(unit, { linkId: randomUUID(), deviceId, code, at, by: by.accountId });
  await enter(unit, by, 'console-link-made', deviceId, { replaced: hadOne });
  return { code, createdAt: at.toISOString() };
};

export const dropConsoleLink = async (
  unit: UnitOfWork,
  by: AuditActor,
  { deviceId, at }: { deviceId: string; at: Date },
): Promise<void> => {
  await requireDevice(unit, deviceId);
  if (!(await endConsoleLink(unit, deviceId, at))) throw new AppError('PROTOCOLS_LINK_NOT_FOUND', { deviceId });
  await enter(unit, by, 'console-link-ended', deviceId);
};

export const describeConsoleLink = async (unit: UnitOfWork, deviceId: string) => {
  const link = await findConsoleLink(unit, deviceId);
  return link === undefined ? null : { code: link.code, createdAt: link.createdAt.toISOString() };
};

/** What the phone at the console shows: the table in force and its signatures. No patient, no film, no account. */
export const showConsoleTable = async (database: Database, code: string): Promise<ConsoleTable> => {
  const found = await database.withSystem((system) => findByConsoleCode(system, code));
  if (!found) throw new AppError('PROTOCOLS_LINK_NOT_FOUND');
  return database.withHospital(found.hospitalId, async (unit) => {
    const table = await findInForce(unit, found.deviceId);
    if (table === undefined || table.in_force_at === null) throw new AppError('PROTOCOLS_NOTHING_IN_FORCE');
    return {
      hospitalName: (await findHospital(unit)).name,
      deviceName: (await requireDevice(unit, found.deviceId)).name,
      version: table.version,
      inForceAt: table.in_force_at.toISOString(),
      signatures: signaturesOf(table, await findSignatures(unit, [table.table_id])),
      content: table.content as ParameterTable as unknown as ConsoleTable['content'],
    };
  });
};
