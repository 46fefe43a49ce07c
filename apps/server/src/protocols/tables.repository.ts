import type { ParameterTableState, SignerRole } from '@jiapian/rules';
import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';

export interface TableRow {
  table_id: string;
  device_id: string;
  version: number;
  state: ParameterTableState;
  content: unknown;
  drafted_from_films: number;
  drafted_from_first: Date | null;
  drafted_from_last: Date | null;
  based_on_version: number | null;
  edition: number;
  note: string;
  created_at: Date;
  changed_at: Date;
  changed_by_name: string | null;
  in_force_at: Date | null;
  superseded_at: Date | null;
}

const tableColumns = sql`t.table_id, t.device_id, t.version, t.state, t.content, t.drafted_from_films,
  t.drafted_from_first, t.drafted_from_last, t.based_on_version, t.edition, t.note, t.created_at, t.changed_at,
  a.display_name as changed_by_name, t.in_force_at, t.superseded_at`;
const tables = sql`parameter_table t
  left join account a on a.hospital_id = t.hospital_id and a.account_id = t.changed_by`;

export const findTable = async ({ db, hospitalId }: UnitOfWork, tableId: string): Promise<TableRow | undefined> =>
  (
    await sql<TableRow>`select ${tableColumns} from ${tables}
      where t.hospital_id = ${hospitalId} and t.table_id = ${tableId}`.execute(db)
  ).rows[0];

/** Every version of a device, the newest first; dropped drafts are left out. */
export const findVersions = async ({ db, hospitalId }: UnitOfWork, deviceId: string): Promise<TableRow[]> =>
  (
    await sql<TableRow>`select ${tableColumns} from ${tables}
      where t.hospital_id = ${hospitalId} and t.device_id = ${deviceId} and t.state <> 'dropped'
      order by t.version desc`.execute(db)
  ).rows;

export const findInForce = async ({ db, hospitalId }: UnitOfWork, deviceId: string): Promise<TableRow | undefined> =>
  (
    await sql<TableRow>`select ${tableColumns} from ${tables}
      where t.hospital_id = ${hospitalId} and t.device_id = ${deviceId} and t.state = 'in-force'`.execute(db)
  ).rows[0];

/** Two people who begin or sign at once wait for each other. */
export const lockTablesOf = async ({ db, hospitalId }: UnitOfWork, deviceId: string): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`parameter_table ${hospitalId} ${deviceId}`}, 0))`.execute(
    db,
  );
};

export interface NewTable {
  tableId: string;
  deviceId: string;
  content: unknown;
  draftedFrom: { films: number; first: Date; last: Date } | null;
  basedOnVersion: number | null;
  at: Date;
  by: string | null;
}

/** Enters a draft under the device's next number. */
export const insertTable = async ({ db, hospitalId }: UnitOfWork, table: NewTable): Promise<void> => {
  await sql`insert into parameter_table (hospital_id, table_id, device_id, version, content, drafted_from_films,
      drafted_from_first, drafted_from_last, based_on_version, created_at, created_by, changed_at, changed_by)
    select ${hospitalId}::uuid, ${table.tableId}::uuid, ${table.deviceId}::uuid, coalesce(max(version), 0) + 1,
      ${JSON.stringify(table.content)}::jsonb, ${table.draftedFrom?.films ?? 0}::integer,
      ${table.draftedFrom?.first ?? null}::timestamptz, ${table.draftedFrom?.last ?? null}::timestamptz,
      ${table.basedOnVersion}::integer, ${table.at}::timestamptz, ${table.by}::uuid, ${table.at}::timestamptz, ${table.by}::uuid
    from parameter_table where hospital_id = ${hospitalId} and device_id = ${table.deviceId}`.execute(db);
};

/** False when somebody else changed it since `edition`. */
export const updateDraft = async (
  { db, hospitalId }: UnitOfWork,
  change: { tableId: string; edition: number; content: unknown; note: string; at: Date; by: string | null },
): Promise<boolean> => {
  const { numAffectedRows = 0n } = await sql`update parameter_table
    set content = ${JSON.stringify(change.content)}::jsonb, note = ${change.note}, edition = edition + 1, state = 'draft',
      changed_at = ${change.at}, changed_by = ${change.by}
    where hospital_id = ${hospitalId} and table_id = ${change.tableId} and edition = ${change.edition}`.execute(db);
  return numAffectedRows === 1n;
};

export const setState = async (
  { db, hospitalId }: UnitOfWork,
  tableId: string,
  state: ParameterTableState,
  at: Date,
): Promise<void> => {
  await sql`update parameter_table set state = ${state},
      in_force_at = case when ${state} = 'in-force' then ${at}::timestamptz else in_force_at end,
      superseded_at = case when ${state} = 'superseded' then ${at}::timestamptz else superseded_at end
    where hospital_id = ${hospitalId} and table_id = ${tableId}`.execute(db);
};

export interface SignatureRow {
  table_id: string;
  edition: number;
  role: SignerRole;
  account_id: string;
  staff_id: string | null;
  signer_name: string;
  content_sha256: string;
  signed_at: Date;
}

/** Signatures of these tables, of every edition, in the order of signing. */
export const findSignatures = async (
  { db, hospitalId }: UnitOfWork,
  tableIds: readonly string[],
): Promise<SignatureRow[]> =>
  (
    await sql<SignatureRow>`select table_id, edition, role, account_id, staff_id, signer_name, content_sha256, signed_at
      from parameter_signature where hospital_id = ${hospitalId} and table_id = any(${[...tableIds]}::uuid[])
      order by signed_at, role`.execute(db)
  ).rows;

export const insertSignature = async (
  { db, hospitalId }: UnitOfWork,
  signature: Omit<SignatureRow, 'signed_at'> & { signed_at: Date },
): Promise<void> => {
  await db
    .insertInto('parameter_signature')
    .values({ hospital_id: hospitalId, ...signature })
    .execute();
};
