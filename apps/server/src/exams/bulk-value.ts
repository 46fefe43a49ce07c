import { type DataSet, itemsOf, readDataSetOf } from '@jiapian/dicom';
import { AppError } from '@jiapian/kernel';
import type { ObjectStore } from '../archive/index.ts';
import type { RegisteredInstance } from './find-instance.repository.ts';
import { readHeader } from './instance-header.ts';

/** A path as the metadata gives it: `GGGGEEEE`, below sequences `GGGGEEEE/item/GGGGEEEE`. */
const pathPattern = /^[0-9A-Fa-f]{8}(\/\d{1,6}\/[0-9A-Fa-f]{8}){0,16}$/;
/** A value behind the header needs the whole object in memory; of larger ones the frames can be had. */
const largestObjectBytes = 512 * 1024 * 1024;

/** The bytes of one bulk value. Throws ARCHIVE_OBJECT_NOT_FOUND when there is no such element. */
export const readBulkValue = async (
  store: Pick<ObjectStore, 'read'>,
  instance: RegisteredInstance,
  path: string,
): Promise<Uint8Array> => {
  if (!pathPattern.test(path)) throw new AppError('REQUEST_INVALID', { reason: 'bulk data path' });
  const inHeader = valueAt(await readHeader(store, instance), path);
  if (inHeader?.isWhole) return inHeader.bytes;
  const { objectId, dataSetOffset, sizeBytes, transferSyntaxUid } = instance;
  if (sizeBytes > largestObjectBytes) throw new AppError('REQUEST_TOO_LARGE', { reason: 'ask for its frames' });
  const whole = await store.read(objectId, dataSetOffset, sizeBytes);
  const value = valueAt(readDataSetOf(whole, 0, transferSyntaxUid), path);
  if (value === undefined) throw new AppError('ARCHIVE_OBJECT_NOT_FOUND', { path });
  return value.bytes;
};

const valueAt = (dataSet: DataSet, path: string): { bytes: Uint8Array; isWhole: boolean } | undefined => {
  const [tag = '', item, ...rest] = path.split('/');
  if (item !== undefined) {
    const inner = itemsOf(dataSet, Number.parseInt(tag, 16))[Number(item)];
    return inner === undefined ? undefined : valueAt(inner, rest.join('/'));
  }
  const element = dataSet.elements.get(Number.parseInt(tag, 16));
  if (element === undefined) return undefined;
  const bytes = dataSet.bytes.subarray(element.offset, element.offset + element.length);
  return { bytes, isWhole: !element.isCut && !element.isUndefinedLength };
};
