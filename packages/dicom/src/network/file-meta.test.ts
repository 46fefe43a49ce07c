import { readFileSync } from 'node:fs';
import { sample } from '@jiapian/testkit';
import { describe, expect, it } from 'vitest';
import { decodeFileMeta, encodeFileMeta } from './file-meta.ts';

describe('file meta information', () => {
  it('reads back what it writes, and says where the data set begins', () => {
    const meta = {
      mediaStorageSopClassUid: '1.2.840.10008.5.1.4.1.1.2',
      mediaStorageSopInstanceUid: '1.2.3',
      transferSyntaxUid: '1.2.840.10008.1.2.1',
      sourceApplicationEntityTitle: 'CT1',
      privateInformationCreatorUid: '2.25.7',
      privateInformation: Uint8Array.of(1, 2, 3, 4),
    };
    const written = encodeFileMeta(meta);
    const decoded = decodeFileMeta(Buffer.concat([written, Buffer.from('08000500', 'hex')]));
    expect(decoded?.datasetOffset).toBe(written.byteLength);
    expect({ ...decoded?.meta, privateInformation: [...(decoded?.meta.privateInformation ?? [])] }).toEqual({
      ...meta,
      privateInformation: [1, 2, 3, 4],
    });
  });

  it('reads a file that another program wrote', () => {
    const file = readFileSync(sample('transfer-syntax/ct-1.2.840.10008.1.2.4.70.dcm'));
    const decoded = decodeFileMeta(file);
    expect(decoded?.meta.transferSyntaxUid).toBe('1.2.840.10008.1.2.4.70');
    // The first element of the data set belongs to group 0008.
    expect(file.readUInt16LE(decoded?.datasetOffset ?? 0)).toBe(0x0008);
  });

  it('answers nothing for a file without the prefix, a cut one, or a group that is no group', () => {
    expect(decodeFileMeta(Buffer.alloc(400))).toBeUndefined();
    expect(decodeFileMeta(encodeFileMeta({ transferSyntaxUid: '1.2.840.10008.1.2' }).subarray(0, 160))).toBeUndefined();
    expect(decodeFileMeta(encodeFileMeta({}).subarray(0, 132))).toBeUndefined();
  });
});
