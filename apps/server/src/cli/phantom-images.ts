import { readFile } from 'node:fs/promises';
import { numberOf, numbersOf, plainTextOf, readPart10, withFunctionalGroups, type DataSet } from '@jiapian/dicom';
import { decodeFrameOf } from '@jiapian/dicom/pixels';
import { AppError } from '@jiapian/kernel';
import type { PhantomFacts, PhantomImage } from '@jiapian/rules';
import { type FileToInspect, filesToInspect } from './inspect-files.ts';

/** The pictures of the files, and why the others gave none. */
export interface PhantomInput {
  images: PhantomImage[];
  problems: { file: string; reason: string }[];
}

/** A diagnostic scan of a phantom has some hundred slices; more are not one phantom and would fill the memory. */
const mostPictures = 1500;
const mostSamples = 500_000_000;

/** Reads and decodes every grey picture of files, folders and ZIP archives; what is none is told and the others go on. */
export const readPhantomImages = async (paths: readonly string[]): Promise<PhantomInput> => {
  const input: PhantomInput = { images: [], problems: [] };
  let samples = 0;
  for await (const file of filesToInspect(paths)) {
    if (file.problem !== undefined) {
      input.problems.push({ file: file.name, reason: reasonOf(file.problem) });
      await file.release();
      continue;
    }
    try {
      for (const image of await imagesOf(file)) {
        samples += image.plane.samples.length;
        if (input.images.length >= mostPictures || samples > mostSamples)
          throw new AppError('COMMAND_USE_WRONG', { reason: `more than ${mostPictures} pictures: name one scan` });
        input.images.push(image);
      }
    } catch (error) {
      if (error instanceof AppError && error.code === 'COMMAND_USE_WRONG') throw error;
      input.problems.push({ file: file.name, reason: reasonOf(error) });
    } finally {
      await file.release();
    }
  }
  return input;
};

const reasonOf = (error: unknown): string => {
  if (!(error instanceof AppError)) return 'the reader failed on this file';
  const { reason } = error.facts;
  return typeof reason === 'string' ? reason : error.code;
};

const imagesOf = async (file: FileToInspect): Promise<PhantomImage[]> => {
  const part10 = readPart10(new Uint8Array(await readFile(file.path)));
  const frames = Math.min(mostPictures, Math.max(1, numberOf(part10.dataSet, 0x00280008, 'IS') ?? 1));
  const images: PhantomImage[] = [];
  for (let index = 0; index < frames; index += 1) {
    const plane = await decodeFrameOf(part10, index);
    if (plane.kind !== 'grayscale') throw new AppError('DICOM_NO_PIXELS', { reason: 'a colour picture' });
    const facts = factsOf(withFunctionalGroups(part10.dataSet, index));
    const { imagePlaneSpacing, ...kept } = facts;
    images.push({ plane: { ...plane, pixelSpacing: plane.pixelSpacing ?? imagePlaneSpacing }, facts: kept });
  }
  return images;
};

type ImagePlaneSpacing = { rowMm: number; columnMm: number } | undefined;

const factsOf = (dataSet: DataSet): PhantomFacts & { imagePlaneSpacing: ImagePlaneSpacing } => ({
  modality: plainTextOf(dataSet, 0x00080060),
  seriesInstanceUid: plainTextOf(dataSet, 0x0020000e),
  imagePositionPatientMm: numbersOf(dataSet, 0x00200032, 'DS'),
  imageOrientationPatient: listOf(numbersOf(dataSet, 0x00200037, 'DS')),
  sliceThicknessMm: numberOf(dataSet, 0x00180050, 'DS'),
  instanceNumber: numberOf(dataSet, 0x00200013, 'IS'),
  magneticFieldStrengthT: numberOf(dataSet, 0x00180087, 'DS'),
  inPlanePhaseEncodingDirection: plainTextOf(dataSet, 0x00181312),
  pixelBandwidthHz: numberOf(dataSet, 0x00180095, 'DS'),
  numberOfAverages: numberOf(dataSet, 0x00180083, 'DS'),
  repetitionTimeMs: numberOf(dataSet, 0x00180080, 'DS'),
  sourceToImageMm: numberOf(dataSet, 0x30020026, 'DS'),
  sourceToAxisMm: numberOf(dataSet, 0x30020022, 'DS'),
  imagePlaneSpacing: imagePlaneSpacingOf(dataSet),
});

const listOf = (numbers: number[]): number[] | undefined => (numbers.length === 0 ? undefined : numbers);

/** Portal images give the spacing in the plane of the detector (PS3.3 C.8.8.2). */
const imagePlaneSpacingOf = (dataSet: DataSet): ImagePlaneSpacing => {
  const [rowMm = 0, columnMm = 0] = numbersOf(dataSet, 0x30020011, 'DS');
  return rowMm > 0 && columnMm > 0 ? { rowMm, columnMm } : undefined;
};
