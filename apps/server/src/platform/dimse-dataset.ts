import { open } from 'node:fs/promises';
import { AppError } from '@jiapian/kernel';

/** The bytes of one data set, readable in pieces; the same bytes may be sent to several peers. */
export interface DimseDataset {
  byteLength: number;
  /** Fills the views in order with the bytes from `position`. */
  fill(views: readonly Uint8Array[], position: number): Promise<void>;
  close(): Promise<void>;
}

/** The data set in a stored file: everything from `offset` to its end. Throws `ARCHIVE_OBJECT_NOT_FOUND`. */
export const openFileDataset = async (path: string, offset: number): Promise<DimseDataset> => {
  const file = await open(path, 'r').catch((cause: unknown) => {
    throw new AppError('ARCHIVE_OBJECT_NOT_FOUND', {}, cause);
  });
  const { size } = await file.stat();
  return {
    byteLength: size - offset,
    fill: async (views, position) => {
      const wanted = views.reduce((sum, view) => sum + view.byteLength, 0);
      const { bytesRead } = await file.readv(views, offset + position);
      if (bytesRead !== wanted) throw new AppError('STORAGE_FAILED', { reason: 'short-read', wanted, bytesRead });
    },
    close: () => file.close(),
  };
};

/** A data set in memory; for objects made on the spot. */
export const bytesDataset = (bytes: Uint8Array): DimseDataset => ({
  byteLength: bytes.byteLength,
  fill: async (views, position) => {
    let start = position;
    for (const view of views) {
      view.set(bytes.subarray(start, start + view.byteLength));
      start += view.byteLength;
    }
  },
  close: async () => undefined,
});
