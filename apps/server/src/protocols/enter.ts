import { recordEntry, type AuditActor } from '../audit/index.ts';
import type { UnitOfWork } from '../platform/database.ts';

/** One act of this room on the audit trail. */
export const enter = (
  unit: UnitOfWork,
  by: AuditActor,
  action: string,
  subjectId: string,
  facts: Record<string, unknown> = {},
): Promise<void> =>
  recordEntry(unit, by, { action: `protocols.${action}`, subjectKind: 'parameter-table', subjectId, facts });
