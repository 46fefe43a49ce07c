import { type DataSet, readDataSetOf, transferSyntaxFor } from '@jiapian/dicom';
import type { ObjectStore } from '../archive/index.ts';
import type { RegisteredInstance } from './find-instance.repository.ts';

const firstBlockBytes = 64 * 1024;
/** A header that is longer is given as far as it goes; a deflated object of this size is inflated whole. */
const longestBlockBytes = 64 * 1024 * 1024;

/** The data set of an object up to its pixel data; offsets count from the first byte of the data set. */
export const readHeader = async (store: Pick<ObjectStore, 'read'>, instance: RegisteredInstance): Promise<DataSet> => {
  const { objectId, dataSetOffset, sizeBytes, transferSyntaxUid } = instance;
  const { isDeflated } = transferSyntaxFor(transferSyntaxUid);
  for (let bytes = isDeflated ? longestBlockBytes : firstBlockBytes; ; bytes *= 8) {
    const block = await store.read(objectId, dataSetOffset, dataSetOffset + bytes);
    const dataSet = readDataSetOf(block, 0, transferSyntaxUid);
    const isAll = dataSetOffset + bytes >= sizeBytes || bytes >= longestBlockBytes;
    if (dataSet.isComplete || isAll) return dataSet;
  }
};
