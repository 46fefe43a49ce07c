import { createHash } from 'node:crypto';
import { AppError } from '@jiapian/kernel';
import { decodeEnvelope, ENVELOPE_BLOCK_BYTES, FolderObjectStore, listSpooled } from '../archive/index.ts';
import { verifyChain } from '../audit/index.ts';
import { listHospitalIds } from '../platform/each-hospital.ts';
import type { ToolPlatform } from '../platform/tool-platform.ts';
import { isHeld, listHeldRows, type HeldRow, type HeldTable } from './held-rows.repository.ts';
import type { StoreReport } from './store-report.ts';
import { verifyTeaching } from './verify-teaching.ts';

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
      if (!known.has(objectId) && !(await tool.database.withSystem((unit) => isHeld(unit, objectId))))
        report.findings.push({ objectId, reason: 'foreign' });
  await verifyTeaching(tool, report);
  report.waiting = (await listSpooled(tool.folder)).filter((objectId) => !known.has(objectId)).length;
  report.audit = await verifyChains(tool);
  report.isClean = report.findings.length === 0 && report.audit.every(({ isIntact }) => isIntact);
  return report;
};

async function* rowsOf(tool: ToolPlatform, table: HeldTable): AsyncGenerator<HeldRow> {
  for (let after = ''; ;) {
    const page = await tool.database.withSystem((unit) => listHeldRows(unit, table, after, pageSize));
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

const verifyChains = async ({ database }: ToolPlatform): Promise<StoreReport['audit']> => {
  const chains: StoreReport['audit'] = [];
  for (const hospitalId of await listHospitalIds(database)) {
    const chain = await database.withHospital(hospitalId, verifyChain);
    chains.push({
      hospitalId,
      isIntact: chain.isIntact,
      sealed: chain.sealedCount,
      unsealed: chain.unsealedCount,
      firstBroken: chain.firstBrokenAuditId,
    });
  }
  return chains;
};
