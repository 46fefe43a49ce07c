import { AppError } from '@jiapian/kernel';
import { describe, expect, it } from 'vitest';
import { readPart10 } from './read-part10.ts';
import { sampleBytes } from './samples.fixture.ts';

const ct = (suffix: string) => sampleBytes(`transfer-syntax/ct-1.2.840.10008.${suffix}.dcm`);

const metaEndOf = (bytes: Uint8Array) => readPart10(bytes).dataSetOffset;

const refusalOf = (bytes: Uint8Array): AppError => {
  try {
    readPart10(bytes);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('the bytes were not refused');
};

describe('readPart10', () => {
  it.each(['1.2', '1.2.1', '1.2.2', '1.2.1.99', '1.2.4.50', '1.2.4.70', '1.2.4.90', '1.2.5'])(
    'reads the meta information and the data set of %s',
    (suffix) => {
      const part10 = readPart10(ct(suffix));
      expect(part10.transferSyntaxUid).toBe(`1.2.840.10008.${suffix}`);
      expect(part10.isTransferSyntaxDeclared).toBe(true);
      expect(part10.mediaStorageSopClassUid).toBe('1.2.840.10008.5.1.4.1.1.2');
      expect(part10.sopInstanceUid).toBeDefined();
      expect(part10.dataSet.elements.has(0x7fe00010)).toBe(true);
      expect(part10.isComplete).toBe(true);
    },
  );

  it('reads a file whose preamble is missing', () => {
    const part10 = readPart10(sampleBytes('malformed/no-preamble.dcm'));
    expect(part10).toMatchObject({ hasPreamble: false, hasMeta: true, transferSyntaxUid: '1.2.840.10008.1.2.4.50' });
  });

  it.each(['1.2', '1.2.1', '1.2.2'])('guesses the syntax of a bare data set in %s', (suffix) => {
    const bytes = ct(suffix);
    const part10 = readPart10(bytes.subarray(metaEndOf(bytes)));
    expect(part10).toMatchObject({ hasMeta: false, isTransferSyntaxDeclared: false, dataSetOffset: 0 });
    expect(part10.transferSyntaxUid).toBe(`1.2.840.10008.${suffix}`);
    expect(part10.sopInstanceUid).toBe(readPart10(bytes).sopInstanceUid);
  });

  it('finds the end of the meta information without its group length', () => {
    const part10 = readPart10(sampleBytes('malformed/no_meta_group_length.dcm'));
    expect(part10.transferSyntaxUid).toBe('1.2.840.10008.1.2');
    expect(part10.sourceAeTitle).toBe('IVIEW');
  });

  it('reads on when the meta information names no transfer syntax', () => {
    const part10 = readPart10(sampleBytes('malformed/meta_missing_tsyntax.dcm'));
    expect(part10).toMatchObject({ transferSyntaxUid: '1.2.840.10008.1.2', isTransferSyntaxDeclared: false });
  });

  it('believes the bytes when the declared byte order is plainly wrong', () => {
    const bytes = ct('1.2.1').slice();
    const declared = new TextDecoder('latin1').decode(bytes.subarray(0, 400)).indexOf('1.2.840.10008.1.2.1\0');
    bytes.set(new TextEncoder().encode('2'), declared + 18);
    expect(readPart10(bytes).transferSyntaxUid).toBe('1.2.840.10008.1.2.1');
  });

  it('reads the first block of a file to the pixel data and calls it complete', () => {
    const part10 = readPart10(ct('1.2.1').subarray(0, 8192));
    expect(part10.isComplete).toBe(true);
  });

  it.each(['1.2.1', '1.2.1.99'])('calls a block that ends inside the header of %s incomplete', (suffix) => {
    const part10 = readPart10(ct(suffix).subarray(0, 900));
    expect(part10.isComplete).toBe(false);
    expect(part10.dataSet.elements.has(0x00080018)).toBe(true);
  });

  it('reads past a sequence of unknown VR, whose items are implicit', () => {
    const { dataSet } = readPart10(sampleBytes('malformed/UN_sequence.dcm'));
    expect(dataSet).toMatchObject({ isComplete: true, problem: undefined });
  });

  it.each([
    ['an empty file', new Uint8Array(0), 'INTAKE_NOT_DICOM', 'the file is empty'],
    ['plain text', sampleBytes('malformed/text-named-dcm.dcm'), 'INTAKE_NOT_DICOM', 'do not begin like a DICOM'],
    ['a shifted data set', sampleBytes('malformed/no_meta.dcm'), 'INTAKE_NOT_DICOM', 'do not begin like a DICOM'],
    ['zeros', new Uint8Array(4096), 'INTAKE_NOT_DICOM', 'do not begin like a DICOM'],
    ['a preamble alone', sampleBytes('malformed/only-preamble.dcm'), 'DICOM_UNREADABLE', 'before its data set begins'],
  ])('refuses %s', (_, bytes, code, reason) => {
    const refusal = refusalOf(bytes);
    expect(refusal.code).toBe(code);
    expect(refusal.facts['reason']).toContain(reason);
  });

  it('refuses a deflated data set that cannot be inflated', () => {
    const bytes = ct('1.2.1.99').slice();
    bytes.fill(0xff, metaEndOf(bytes));
    expect(refusalOf(bytes)).toMatchObject({ code: 'DICOM_UNREADABLE' });
  });

  it('stops at sequences nested without end', () => {
    const item = [
      0x08, 0x00, 0x40, 0x11, 0x53, 0x51, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xfe, 0xff, 0, 0xe0, 0xff, 0xff, 0xff, 0xff,
    ];
    const nested = Uint8Array.from(Array.from({ length: 5000 }, () => item).flat());
    expect(readPart10(nested).dataSet.problem).toBe('sequences are nested too deep');
  });

  it('has no trouble with any cut or flipped byte but a refusal', () => {
    const bytes = sampleBytes('exposure-index/DX-Im-Carestream_DRX.dcm').subarray(0, 6000);
    for (let length = 0; length < bytes.length; length += 37) attempt(bytes.subarray(0, length));
    for (let at = 0; at < bytes.length; at += 11) {
      const flipped = bytes.slice();
      flipped[at]! ^= 0xff;
      attempt(flipped);
    }
  });
});

const attempt = (bytes: Uint8Array): void => {
  try {
    readPart10(bytes);
  } catch (error) {
    expect(error).toBeInstanceOf(AppError);
  }
};
