import fs from 'node:fs';
import path from 'node:path';
import { elementsOf, encodeDataSet, encodePart10, type KeywordValues } from '@jiapian/dicom';

const explicitLittleEndian = '1.2.840.10008.1.2.1';
const ctImage = '1.2.840.10008.5.1.4.1.1.2';
const digitalXray = '1.2.840.10008.5.1.4.1.1.1.1';
const multiFrameWord = '1.2.840.10008.5.1.4.1.1.7.3';

const slicesPerSeries = 100;

/** Writes CT slices of 0.5 MB, in series of a hundred, each series an exam of its own. */
export function writeCtSlices(folder: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    const exam = Math.floor(index / slicesPerSeries);
    return writeImage(folder, {
      sopClassUid: ctImage,
      modality: 'CT',
      exam,
      index,
      rows: 512,
      columns: 512,
      frames: 1,
    });
  });
}

/** Writes radiographs of 15 MB, each an exam of its own. */
export function writeRadiographs(folder: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) =>
    writeImage(folder, {
      sopClassUid: digitalXray,
      modality: 'DX',
      exam: index,
      index,
      rows: 3000,
      columns: 2500,
      frames: 1,
    }),
  );
}

/** Writes one multi-frame object of `frames` × 0.5 MB. */
export function writeMultiFrame(folder: string, frames: number): string {
  return writeImage(folder, {
    sopClassUid: multiFrameWord,
    modality: 'OT',
    exam: 0,
    index: 0,
    rows: 512,
    columns: 512,
    frames,
  });
}

interface Image {
  readonly sopClassUid: string;
  readonly modality: string;
  readonly exam: number;
  readonly index: number;
  readonly rows: number;
  readonly columns: number;
  readonly frames: number;
}

/** Writes one image of any size. */
export function writeImage(folder: string, image: Image): string {
  const { sopClassUid, modality, exam, index, rows, columns, frames } = image;
  const root = `1.2.826.0.1.3680043.10.1561.${modality === 'CT' ? 1 : 2}.${frames}`;
  const sopInstanceUid = `${root}.${exam}.${index}.3`;
  const values: KeywordValues = {
    SOPClassUID: sopClassUid,
    SOPInstanceUID: sopInstanceUid,
    StudyDate: '20260105',
    StudyTime: '080000',
    Modality: modality,
    PatientName: `Bench^${exam}`,
    PatientID: `B${exam}`,
    StudyInstanceUID: `${root}.${exam}.1`,
    SeriesInstanceUID: `${root}.${exam}.2`,
    SeriesNumber: 1,
    InstanceNumber: index + 1,
    SamplesPerPixel: 1,
    PhotometricInterpretation: 'MONOCHROME2',
    Rows: rows,
    Columns: columns,
    BitsAllocated: 16,
    BitsStored: 12,
    HighBit: 11,
    PixelRepresentation: 0,
    PixelData: noise(rows * columns * frames),
  };
  const file = path.join(folder, `${modality}-${exam}-${index}.dcm`);
  const meta = { sopClassUid, sopInstanceUid, transferSyntaxUid: explicitLittleEndian };
  fs.mkdirSync(folder, { recursive: true });
  const open = fs.openSync(file, 'w');
  const numberOfFrames = frames > 1 ? [{ tag: 0x00280008, vr: 'IS', value: frames }] : [];
  const dataSet = encodeDataSet([...elementsOf(values), ...numberOfFrames]);
  for (const chunk of encodePart10(meta, dataSet)) fs.writeSync(open, chunk);
  fs.closeSync(open);
  return file;
}

let lastNoise = new Uint16Array();

/** Values of 12 bits that no disk compresses: a linear congruential sequence (Numerical Recipes, 3rd ed., §7.1). */
function noise(length: number): Uint16Array {
  if (lastNoise.length === length) return lastNoise;
  const values = new Uint16Array(length);
  let state = 1;
  for (let at = 0; at < length; at++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    values[at] = state >>> 20;
  }
  lastNoise = values;
  return values;
}
