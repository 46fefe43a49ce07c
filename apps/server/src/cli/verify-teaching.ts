import { AppError } from '@jiapian/kernel';
import type { ToolPlatform } from '../platform/tool-platform.ts';
import { TeachingStore } from '../teaching/index.ts';
import { listTeachingRows } from './held-rows.repository.ts';
import type { StoreReport } from './store-report.ts';

/** The same for the de-identified files of the teaching file: every row has its bytes, and every file its row. */
export const verifyTeaching = async (tool: ToolPlatform, report: StoreReport): Promise<void> => {
  const store = new TeachingStore(tool.folder.teaching);
  const rows = await tool.database.withSystem(listTeachingRows);
  for (const { object_id: objectId, sha256 } of rows) {
    report.objects += 1;
    try {
      const held = await store.checksum(objectId);
      report.bytes += held.sizeBytes;
      if (!held.sha256.equals(sha256)) report.findings.push({ objectId, reason: 'damaged' });
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'ARCHIVE_OBJECT_NOT_FOUND') throw error;
      report.findings.push({ objectId, reason: 'missing' });
    }
  }
  const known = new Set(rows.map((row) => row.object_id));
  for (const { objectId } of await store.list())
    if (!known.has(objectId)) report.findings.push({ objectId, reason: 'foreign' });
};
