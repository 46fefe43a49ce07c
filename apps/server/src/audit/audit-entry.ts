import type { AuditEntry } from '@jiapian/contract';
import type { findEntries } from './audit.repository.ts';

/** An entry as the API and the export give it. */
export const asAuditEntry = (row: Awaited<ReturnType<typeof findEntries>>[number]): AuditEntry => ({
  auditId: row.audit_id,
  at: row.at.toISOString(),
  accountId: row.account_id,
  actor: row.actor,
  action: row.action,
  subjectKind: row.subject_kind,
  subjectId: row.subject_id,
  facts: row.facts as Record<string, unknown>,
  isSealed: row.seal_number !== null,
});
