import { createHash } from 'node:crypto';
import { AppError, DAY_MS, transition } from '@jiapian/kernel';
import { type ParameterTable, parameterTableTable, type SignerRole, tableFaults } from '@jiapian/rules';
import type { AuditActor } from '../audit/index.ts';
import type { UnitOfWork } from '../platform/database.ts';
import { lockTable } from './change-draft.ts';
import { queueDevice } from './compliance-tasks.repository.ts';
import { enter } from './enter.ts';
import { requireDevice } from './require-device.ts';
import type { DeviceHead } from './devices.repository.ts';
import { findInForce, findSignatures, insertSignature, setState, type TableRow } from './tables.repository.ts';

/** Who wants to sign; a machine's token is nobody. */
export interface Signer {
  accountId: string | null;
  staffId: string | null;
  name: string;
  mayLead: boolean;
}

/** Films of so many days are held against a new version in the background [PD]. */
export const rejudgeDays = 180;

/** Why this person may not sign here; null when they may. */
export const whyNotSign = (
  role: SignerRole,
  signer: Signer,
  device: DeviceHead,
  signed: readonly { role: SignerRole; account_id: string; staff_id: string | null }[],
):
  | 'PROTOCOLS_NOT_THE_OWNER'
  | 'PROTOCOLS_NOT_A_LEADER'
  | 'PROTOCOLS_SAME_PERSON'
  | 'PROTOCOLS_SIGNED_ALREADY'
  | null => {
  if (signed.some((one) => one.role === role)) return 'PROTOCOLS_SIGNED_ALREADY';
  const isOwner = signer.staffId !== null && device.ownerStaffId === signer.staffId;
  if (role === 'owner' && (signer.accountId === null || !isOwner)) return 'PROTOCOLS_NOT_THE_OWNER';
  if (role === 'leader' && (signer.accountId === null || !signer.mayLead)) return 'PROTOCOLS_NOT_A_LEADER';
  const isSame = signed.some(
    (one) => one.account_id === signer.accountId || (one.staff_id !== null && one.staff_id === signer.staffId),
  );
  return isSame ? 'PROTOCOLS_SAME_PERSON' : null;
};

/** The text a signature is for, as a checksum. */
export const contentSha256 = (content: unknown): string =>
  createHash('sha256').update(JSON.stringify(content)).digest('hex');

/**
 * Signs an edition as its owner or leader. With both signatures of two people the table comes into force, the version
 * before it is superseded, and the films of the last half year are held against it in the background.
 */
export const signTable = async (
  unit: UnitOfWork,
  by: AuditActor,
  signer: Signer,
  { tableId, edition, role, at }: { tableId: string; edition: number; role: SignerRole; at: Date },
): Promise<void> => {
  const table = await lockTable(unit, tableId, edition);
  const next = transition(parameterTableTable, table.state, `${role}-signed`);
  const signed = (await findSignatures(unit, [tableId])).filter((one) => one.edition === edition);
  if (!next.ok)
    throw new AppError(
      signed.some((one) => one.role === role) && isOpen(table) ? 'PROTOCOLS_SIGNED_ALREADY' : 'PROTOCOLS_NOT_A_DRAFT',
      { state: table.state },
    );
  const refusal = whyNotSign(role, signer, await requireDevice(unit, table.device_id), signed);
  if (refusal !== null || signer.accountId === null) throw new AppError(refusal ?? 'PROTOCOLS_NOT_A_LEADER', { role });
  const faults = tableFaults(table.content as ParameterTable);
  if (faults.length > 0) throw new AppError('PROTOCOLS_FAULTY', { faults });
  const sha256 = contentSha256(table.content);
  await insertSignature(unit, {
    table_id: tableId,
    edition,
    role,
    account_id: signer.accountId,
    staff_id: signer.staffId,
    signer_name: signer.name,
    content_sha256: sha256,
    signed_at: at,
  });
  if (next.value === 'in-force') await supersede(unit, table, at);
  await setState(unit, tableId, next.value, at);
  await enter(unit, by, 'signed', tableId, { role, edition, version: table.version, state: next.value, sha256 });
  if (next.value === 'in-force') {
    const since = new Date(at.getTime() - rejudgeDays * DAY_MS);
    await queueDevice(unit, { deviceId: table.device_id, tableId, since, now: at });
  }
};

const isOpen = ({ state }: TableRow): boolean => state === 'owner-signed' || state === 'leader-signed';

const supersede = async (unit: UnitOfWork, { device_id: deviceId }: TableRow, at: Date): Promise<void> => {
  const before = await findInForce(unit, deviceId);
  if (before === undefined) return;
  const next = transition(parameterTableTable, before.state, 'superseded');
  if (!next.ok) throw new AppError('SERVER_DEFECT', { reason: 'a table in force cannot be superseded' });
  await setState(unit, before.table_id, next.value, at);
};
