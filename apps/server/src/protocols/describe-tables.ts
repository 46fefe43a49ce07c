import type { ParameterTableView, ParameterVersion } from '@jiapian/contract';
import { type ParameterTable, tableFaults } from '@jiapian/rules';
import type { UnitOfWork } from '../platform/database.ts';
import { requireTable } from './change-draft.ts';
import { requireDevice } from './require-device.ts';
import { type Signer, whyNotSign } from './sign-table.ts';
import { findSignatures, findVersions, type SignatureRow, type TableRow } from './tables.repository.ts';

export const asVersion = (row: TableRow, signatures: readonly SignatureRow[]): ParameterVersion => ({
  tableId: row.table_id,
  deviceId: row.device_id,
  version: row.version,
  state: row.state,
  edition: row.edition,
  note: row.note,
  basedOnVersion: row.based_on_version,
  draftedFrom:
    row.drafted_from_first === null || row.drafted_from_last === null
      ? null
      : {
          films: row.drafted_from_films,
          first: row.drafted_from_first.toISOString(),
          last: row.drafted_from_last.toISOString(),
        },
  createdAt: row.created_at.toISOString(),
  changedAt: row.changed_at.toISOString(),
  changedByName: row.changed_by_name,
  inForceAt: row.in_force_at?.toISOString() ?? null,
  supersededAt: row.superseded_at?.toISOString() ?? null,
  rows: (row.content as ParameterTable).rows.length,
  signatures: signaturesOf(row, signatures),
});

/** Those of the edition that stands there now; a signature of an earlier edition is void. */
export const signaturesOf = ({ table_id, edition }: TableRow, all: readonly SignatureRow[]) =>
  all
    .filter((one) => one.table_id === table_id && one.edition === edition)
    .map((one) => ({
      role: one.role,
      signerName: one.signer_name,
      signedAt: one.signed_at.toISOString(),
      contentSha256: one.content_sha256,
    }));

export const describeVersions = async (unit: UnitOfWork, deviceId: string): Promise<ParameterVersion[]> => {
  const rows = await findVersions(unit, deviceId);
  const signatures = await findSignatures(
    unit,
    rows.map((row) => row.table_id),
  );
  return rows.map((row) => asVersion(row, signatures));
};

/** One version with its rows, its faults, and whether the caller may sign it. */
export const describeTable = async (unit: UnitOfWork, tableId: string, signer: Signer): Promise<ParameterTableView> => {
  const row = await requireTable(unit, tableId);
  const device = await requireDevice(unit, row.device_id);
  const all = await findSignatures(unit, [tableId]);
  const signed = all.filter((one) => one.edition === row.edition);
  const isDraft = ['draft', 'owner-signed', 'leader-signed'].includes(row.state);
  const mayNot = (role: 'owner' | 'leader') =>
    isDraft ? whyNotSign(role, signer, device, signed) : 'PROTOCOLS_NOT_A_DRAFT';
  const content = row.content as ParameterTable;
  return {
    ...asVersion(row, all),
    deviceName: device.name,
    content: content as unknown as ParameterTableView['content'],
    faults: tableFaults(content),
    maySign: { owner: mayNot('owner'), leader: mayNot('leader') },
  };
};
