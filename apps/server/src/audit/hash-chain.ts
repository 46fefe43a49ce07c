import { createHash } from 'node:crypto';

/** What of an entry is sealed: every column, in a fixed order. */
export interface SealedContent {
  hospital_id: string;
  audit_id: number;
  at: Date;
  account_id: string | null;
  actor: string;
  action: string;
  subject_kind: string;
  subject_id: string;
  facts: unknown;
  request_id: string | null;
}

/** The hash that stands before the first entry. */
export const GENESIS = Buffer.alloc(32);

/** SHA-256 over the previous hash and the entry in canonical JSON (keys sorted at every depth). */
export const chainHash = (previous: Buffer, entry: SealedContent): Buffer =>
  createHash('sha256')
    .update(previous)
    .update(
      JSON.stringify([
        entry.hospital_id,
        entry.audit_id,
        entry.at.toISOString(),
        entry.account_id,
        entry.actor,
        entry.action,
        entry.subject_kind,
        entry.subject_id,
        sortKeys(entry.facts),
        entry.request_id,
      ]),
    )
    .digest();

const sortKeys = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, inner]) => [key, sortKeys(inner)]),
  );
};
