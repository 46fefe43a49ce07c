import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';
import type { SealedContent } from './hash-chain.ts';

/**
 * How far behind the newest sealed entry an unsealed one is looked for. An identity value is drawn before its
 * transaction commits, so a lower number may appear later than a higher one, but only by the transactions in flight.
 */
const LOOK_BACK_ENTRIES = 10_000;

const sealedColumns = [
  'audit_entry.hospital_id',
  'audit_entry.audit_id',
  'audit_entry.at',
  'audit_entry.account_id',
  'audit_entry.actor',
  'audit_entry.action',
  'audit_entry.subject_kind',
  'audit_entry.subject_id',
  'audit_entry.facts',
  'audit_entry.request_id',
] as const;

/** One sealer at a time per hospital; the lock ends with the transaction. */
export interface NewEntry {
  account_id: string | null;
  actor: string;
  action: string;
  subject_kind: string;
  subject_id: string;
  /** As JSON. */
  facts: string;
  request_id: string | null;
}

export const insertEntry = async (unit: UnitOfWork, entry: NewEntry): Promise<void> => {
  await unit.db
    .insertInto('audit_entry')
    .values({ hospital_id: unit.hospitalId, ...entry })
    .execute();
};

export const lockChain = async (unit: UnitOfWork): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`audit:${unit.hospitalId}`}, 0))`.execute(unit.db);
};

export const lastSeal = async (unit: UnitOfWork): Promise<{ seal_number: number; hash: Buffer } | undefined> =>
  unit.db
    .selectFrom('audit_seal')
    .select(['seal_number', 'hash'])
    .where('hospital_id', '=', unit.hospitalId)
    .orderBy('seal_number', 'desc')
    .limit(1)
    .executeTakeFirst();

export const unsealedEntries = async (unit: UnitOfWork, limit: number): Promise<SealedContent[]> => {
  const newest = await unit.db
    .selectFrom('audit_seal')
    .select(({ fn }) => fn.max('audit_id').as('audit_id'))
    .where('hospital_id', '=', unit.hospitalId)
    .executeTakeFirst();
  return unit.db
    .selectFrom('audit_entry')
    .leftJoin('audit_seal', (join) =>
      join
        .onRef('audit_seal.hospital_id', '=', 'audit_entry.hospital_id')
        .onRef('audit_seal.audit_id', '=', 'audit_entry.audit_id'),
    )
    .select(sealedColumns)
    .where('audit_entry.hospital_id', '=', unit.hospitalId)
    .where('audit_entry.audit_id', '>', Number(newest?.audit_id ?? 0) - LOOK_BACK_ENTRIES)
    .where('audit_seal.audit_id', 'is', null)
    .orderBy('audit_entry.audit_id')
    .limit(limit)
    .execute();
};

export const insertSeals = async (
  unit: UnitOfWork,
  seals: { seal_number: number; audit_id: number; previous_hash: Buffer; hash: Buffer }[],
): Promise<void> => {
  await unit.db
    .insertInto('audit_seal')
    .values(seals.map((seal) => ({ hospital_id: unit.hospitalId, ...seal })))
    .execute();
};

export const sealedEntriesAfter = async (unit: UnitOfWork, sealNumber: number, limit: number) =>
  unit.db
    .selectFrom('audit_seal')
    .innerJoin('audit_entry', (join) =>
      join
        .onRef('audit_seal.hospital_id', '=', 'audit_entry.hospital_id')
        .onRef('audit_seal.audit_id', '=', 'audit_entry.audit_id'),
    )
    .select([...sealedColumns, 'audit_seal.seal_number', 'audit_seal.previous_hash', 'audit_seal.hash'])
    .where('audit_seal.hospital_id', '=', unit.hospitalId)
    .where('audit_seal.seal_number', '>', sealNumber)
    .orderBy('audit_seal.seal_number')
    .limit(limit)
    .execute();

export const countEntries = async (unit: UnitOfWork): Promise<{ entries: number; seals: number }> => {
  const counted = await unit.db
    .selectNoFrom(({ selectFrom }) => [
      selectFrom('audit_entry')
        .select(({ fn }) => fn.countAll<number>().as('n'))
        .where('hospital_id', '=', unit.hospitalId)
        .as('entries'),
      selectFrom('audit_seal')
        .select(({ fn }) => fn.countAll<number>().as('n'))
        .where('hospital_id', '=', unit.hospitalId)
        .as('seals'),
    ])
    .executeTakeFirstOrThrow();
  return { entries: Number(counted.entries ?? 0), seals: Number(counted.seals ?? 0) };
};

export interface AuditFilter {
  subjectKind?: string | undefined;
  subjectId?: string | undefined;
  accountId?: string | undefined;
  action?: string | undefined;
  before?: number | undefined;
  limit: number;
}

export const findEntries = async (unit: UnitOfWork, filter: AuditFilter) => {
  let query = unit.db
    .selectFrom('audit_entry')
    .leftJoin('audit_seal', (join) =>
      join
        .onRef('audit_seal.hospital_id', '=', 'audit_entry.hospital_id')
        .onRef('audit_seal.audit_id', '=', 'audit_entry.audit_id'),
    )
    .select([...sealedColumns, 'audit_seal.seal_number'])
    .where('audit_entry.hospital_id', '=', unit.hospitalId);
  if (filter.subjectKind !== undefined) query = query.where('subject_kind', '=', filter.subjectKind);
  if (filter.subjectId !== undefined) query = query.where('subject_id', '=', filter.subjectId);
  if (filter.accountId !== undefined) query = query.where('account_id', '=', filter.accountId);
  if (filter.action !== undefined) query = query.where('action', '=', filter.action);
  if (filter.before !== undefined) query = query.where('audit_entry.audit_id', '<', filter.before);
  return query.orderBy('audit_entry.audit_id', 'desc').limit(filter.limit).execute();
};
