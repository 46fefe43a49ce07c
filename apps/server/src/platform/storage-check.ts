import { open, statfs, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '@jiapian/kernel';

/** Room for one large radiograph (15 MB) from each of a few devices, and for the database to finish what it does. */
const leastFreeBytes = 64 * 1024 * 1024;

/** Rejects with `STORAGE_FULL` or `STORAGE_FAILED` when the folder cannot take what comes in. */
export const checkStorage = async (folder: string, leastBytes = leastFreeBytes): Promise<void> => {
  const probe = join(folder, `probe-${process.pid}`);
  let freeBytes: number;
  try {
    const { bavail, bsize } = await statfs(folder);
    freeBytes = bavail * bsize;
    const file = await open(probe, 'w', 0o600);
    try {
      await file.write('probe');
      await file.datasync();
    } finally {
      await file.close();
      await unlink(probe);
    }
  } catch (cause) {
    throw new AppError('STORAGE_FAILED', { code: (cause as NodeJS.ErrnoException).code }, cause);
  }
  if (freeBytes < leastBytes) throw new AppError('STORAGE_FULL', { freeBytes, leastBytes });
};
