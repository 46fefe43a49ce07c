import { readFileSync } from 'node:fs';
import { readDataSetOf, readPart10 } from '@jiapian/dicom';
import { afterAll, describe, expect, it } from 'vitest';
import { sample } from '../../../../test/testkit/src/samples.ts';
import { createCopyPool } from './copy-pool.ts';
import { copySyntaxes } from './copy-syntaxes.ts';
import { makeCopy, type CopyTask } from './make-copy.ts';
import type { CopyWish } from './outgoing.ts';

const explicit = '1.2.840.10008.1.2.1';
const implicit = '1.2.840.10008.1.2';
const deflated = '1.2.840.10008.1.2.1.99';
const jpeg2000 = '1.2.840.10008.1.2.4.90';
const jpegLossless = '1.2.840.10008.1.2.4.70';

const taskOf = (name: string, transferSyntaxUid: string, over: Partial<CopyTask['wanted']> = {}): CopyTask => {
  const path = sample(name);
  const part10 = readPart10(new Uint8Array(readFileSync(path)));
  return {
    path,
    dataSetOffset: part10.dataSetOffset,
    transferSyntaxUid: part10.transferSyntaxUid,
    edit: null,
    wanted: { transferSyntaxUid, characterSet: null, institutionName: null, ...over },
  };
};

const pool = createCopyPool();
afterAll(() => pool.close());

describe('a copy', () => {
  it('is the same made in its thread as made here', async () => {
    const task = taskOf('dx/dx-chest-pa-canon-j2k-lossless.dcm', implicit);
    const [there, here] = await Promise.all([pool.makeCopy(task), makeCopy(task)]);
    expect(Buffer.from(there).equals(Buffer.from(here))).toBe(true);
  });

  it('of a deflated object stays deflated when only its text changes', async () => {
    const task = taskOf(`transfer-syntax/ct-${deflated}.dcm`, deflated, { characterSet: 'GB18030' });
    const copy = readDataSetOf(await pool.makeCopy(task), 0, deflated);
    const declared = copy.elements.get(0x00080005);
    expect(Buffer.from(copy.bytes.subarray(declared?.offset, (declared?.offset ?? 0) + 7)).toString()).toBe('GB18030');
  });

  it('is refused by its thread with the reason, and the thread goes on', async () => {
    const impossible = taskOf('charset/zh-gb18030-dx.dcm', explicit, { characterSet: 'ISO_IR 100' });
    await expect(pool.makeCopy(impossible)).rejects.toMatchObject({
      code: 'DICOM_TEXT_UNENCODABLE',
      facts: { characterSet: 'ISO_IR 100', reason: 'not-held' },
    });
    await expect(pool.makeCopy(taskOf('charset/chrFren.dcm', implicit))).resolves.toBeInstanceOf(Uint8Array);
  });
});

describe('the syntaxes in which an object may leave', () => {
  const wish = (over: Partial<CopyWish>): CopyWish => ({
    acceptedSyntaxes: [],
    mayTranscode: true,
    characterSet: null,
    institutionName: null,
    padsOddLength: true,
    ...over,
  });
  const of = (over: Partial<CopyWish>) =>
    copySyntaxes({
      ...{ path: '', dataSetOffset: 0, sopClassUid: '1', sopInstanceUid: '2', transferSyntaxUid: jpeg2000 },
      wish: wish(over),
    });

  it.each([
    ['its own alone where nothing may be transcoded', { mayTranscode: false }, [jpeg2000]],
    [
      'none where its own is not taken and nothing may be transcoded',
      { mayTranscode: false, acceptedSyntaxes: [explicit] },
      [],
    ],
    ['its own before every other', {}, [jpeg2000, explicit, implicit, jpegLossless, '1.2.840.10008.1.2.5']],
    ['those that are taken, in their order', { acceptedSyntaxes: [jpegLossless, explicit] }, [jpegLossless, explicit]],
    ['never one that cannot be written without loss', { acceptedSyntaxes: ['1.2.840.10008.1.2.4.50'] }, []],
  ] as const)('are %s', (_, over, expected) => {
    expect(of(over)).toEqual(expected);
  });
});
