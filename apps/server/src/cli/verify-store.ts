import { createHash } from 'node:crypto';
import { AppError } from '@jiapian/kernel';
import { decodeEnvelope, ENVELOPE_BLOCK_BYTES, FolderObjectStore, listSpooled } from '../archive/index.ts';
import { verifyChain } from '../audit/index.ts';
import type { ToolPlatform } from '../platform/tool-platform.ts';

export interface StoreFinding {
  objectId: string;
  /** `missing`: a row without bytes · `damaged`: other bytes than received · `foreign`: bytes without a row. */
  reason: 'missing' | 'damaged' | 'foreign';
}

export interface StoreReport {
  isClean: boolean;
  objects: number;
  bytes: number;
  /** Durable in the spool and not yet in the register; the next start registers them. */
  waiting: number;
  findings: StoreFinding[];
  audit: { hospitalId: string; isIntact: boolean; sealed: number; unsealed: number; firstBroken: number | null }[];
}

interface HeldRow {
  object_id: string;
  sha256: Buffer;
}

const pageSize = 1_000;

/** Compares every row with its bytes and every file with its row; reads every byte once. */
export const verifyStore = async (tool: ToolPlatform): Promise<StoreReport> => {
  const store = new FolderObjectStore(tool.folder);
  const report: StoreReport = { isClean: true, objects: 0, bytes: 0, waiting: 0, findings: [], audit: [] };
  const known = new Set<string>();
  for (const table of ['stored_object', 'quarantined_object'] as const)
    for await (const row of rowsOf(tool, table)) {
      known.add(row.object_id);
      await verifyRow(store, row, report);
    }
  // What was registered while the rows were read is not foreign.
  for (const place of ['objects', 'quarantine'] as const)
    for await (const objectId of store.list(place))
      if (!known.has(objectId) && !(await hasRow(tool, objectId)))
        report.findings.push({ objectId, reason: 'foreign' });
  report.waiting = (await listSpooled(tool.folder)).filter((objectId) => !known.has(objectId)).length;
  report.audit = await verifyChains(tool);
  report.isClean = report.findings.length === 0 && report.audit.every(({ isIntact }) => isIntact);
  return report;
};

async function* rowsOf(tool: ToolPlatform, table: 'stored_object' | 'quarantined_object'): AsyncGenerator<HeldRow> {
  for (let after = ''; ;) {
    const page = await tool.database.withSystem(({ db }) => {
      const rows = db.selectFrom(table).select(['object_id', 'sha256']).where('object_id', '>', after);
      // A person may have dismissed the bytes of a quarantined object; only what still waits must be there.
      const wanted = table === 'quarantined_object' ? rows.where('state', '=', 'waiting') : rows;
      return wanted.orderBy('object_id').limit(pageSize).execute();
    });
    yield* page;
    const last = page.at(-1);
    if (!last || page.length < pageSize) return;
    after = last.object_id;
  }
}

const verifyRow = async (store: FolderObjectStore, row: HeldRow, report: StoreReport): Promise<void> => {
  report.objects += 1;
  try {
    const head = await store.read(row.object_id, 0, ENVELOPE_BLOCK_BYTES);
    const start = decodeEnvelope(head)?.datasetOffset;
    if (start === undefined) return void report.findings.push({ objectId: row.object_id, reason: 'damaged' });
    const hash = createHash('sha256');
    for await (const block of await store.stream(row.object_id, start)) {
      hash.update(block as Buffer);
      report.bytes += (block as Buffer).byteLength;
    }
    if (!hash.digest().equals(row.sha256)) report.findings.push({ objectId: row.object_id, reason: 'damaged' });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'ARCHIVE_OBJECT_NOT_FOUND') throw error;
    report.findings.push({ objectId: row.object_id, reason: 'missing' });
  }
};

const hasRow = (tool: ToolPlatform, objectId: string): Promise<boolean> =>
  tool.database.withSystem(async ({ db }) => {
    const stored = await db
      .selectFrom('stored_object')
      .select('object_id')
      .where('object_id', '=', objectId)
      .executeTakeFirst();
    const set =
      stored ??
      (await db
        .selectFrom('quarantined_object')
        .select('object_id')
        .where('object_id', '=', objectId)
        .executeTakeFirst());
    return set !== undefined;
  });

const verifyChains = async ({ database }: ToolPlatform): Promise<StoreReport['audit']> => {
  const hospitals = await database.withSystem(({ db }) => db.selectFrom('hospital').select('hospital_id').execute());
  const chains: StoreReport['audit'] = [];
  for (const { hospital_id } of hospitals) {
    const chain = await database.withHospital(hospital_id, verifyChain);
    chains.push({
      hospitalId: hospital_id,
      isIntact: chain.isIntact,
      sealed: chain.sealedCount,
      unsealed: chain.unsealedCount,
      firstBroken: chain.firstBrokenAuditId,
    });
  }
  return chains;
};
