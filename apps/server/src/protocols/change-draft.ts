import { AppError } from '@jiapian/kernel';
import { type ParameterTable, parameterTableTable } from '@jiapian/rules';
import { transition } from '@jiapian/kernel';
import type { AuditActor } from '../audit/index.ts';
import type { UnitOfWork } from '../platform/database.ts';
import { enter } from './enter.ts';
import { findTable, lockTablesOf, setState, type TableRow, updateDraft } from './tables.repository.ts';

export const requireTable = async (unit: UnitOfWork, tableId: string): Promise<TableRow> => {
  const table = await findTable(unit, tableId);
  if (!table) throw new AppError('PROTOCOLS_TABLE_NOT_FOUND', { tableId });
  return table;
};

/** The table under the device's lock, so that nobody signs what somebody is changing. */
export const lockTable = async (unit: UnitOfWork, tableId: string, edition: number): Promise<TableRow> => {
  await lockTablesOf(unit, (await requireTable(unit, tableId)).device_id);
  const table = await requireTable(unit, tableId);
  if (table.edition !== edition) throw new AppError('PROTOCOLS_STALE_EDITION', { tableId, edition: table.edition });
  return table;
};

/** Saves a new edition of a draft; a signature that was there is void, because it was for another text. */
export const saveDraft = async (
  unit: UnitOfWork,
  by: AuditActor,
  change: { tableId: string; edition: number; content: ParameterTable; note: string; at: Date },
): Promise<void> => {
  const table = await lockTable(unit, change.tableId, change.edition);
  if (!transition(parameterTableTable, table.state, 'edited').ok)
    throw new AppError('PROTOCOLS_NOT_A_DRAFT', { state: table.state });
  const before = table.content as ParameterTable;
  if (before.kind !== change.content.kind)
    throw new AppError('REQUEST_INVALID', { reason: 'the kind of a table stays' });
  if (!(await updateDraft(unit, { ...change, by: by.accountId })))
    throw new AppError('PROTOCOLS_STALE_EDITION', { tableId: change.tableId });
  await enter(unit, by, 'draft-saved', change.tableId, {
    edition: change.edition + 1,
    rows: change.content.rows.length,
    ...(table.state === 'draft' ? {} : { voided: table.state }),
  });
};

/** Gives a draft up; its number is not used again. */
export const dropDraft = async (
  unit: UnitOfWork,
  by: AuditActor,
  { tableId, edition, at }: { tableId: string; edition: number; at: Date },
): Promise<void> => {
  const table = await lockTable(unit, tableId, edition);
  const next = transition(parameterTableTable, table.state, 'dropped');
  if (!next.ok) throw new AppError('PROTOCOLS_NOT_A_DRAFT', { state: table.state });
  await setState(unit, tableId, next.value, at);
  await enter(unit, by, 'draft-dropped', tableId, { version: table.version });
};
