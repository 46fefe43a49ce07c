import type { HeaderFacts } from '@jiapian/dicom';
import type { Frame, GrayscaleFrame } from '@jiapian/dicom/pixels';
import { AppError } from '@jiapian/kernel';
import {
  type CtSliceFacts,
  type Measured,
  measureRadiograph,
  type NotMeasured,
  openCtMeter,
  openMrMeter,
  radiographFactsFrom,
} from '@jiapian/rules';
import type { FrameSource } from './frame-source.ts';
import type { MeasureKind } from './measure-job.ts';
import { readFrame } from './read-frame.ts';
import { readObjectHead } from './read-head.ts';

/** Pixels of one frame that are measured; the largest detector has 25 million, a whole spine stitched 40. */
const mostPixels = 64_000_000;
/** Slices of one series that are measured. */
const mostSlices = 4_000;

/** Measures one film or one series, reading frame after frame: memory holds one picture at a time. */
export const measureSources = async (kind: MeasureKind, sources: readonly FrameSource[]): Promise<Measured> => {
  if (kind === 'radiograph') return measureFilm(sources);
  const notRead: NotMeasured[] = [];
  const meter = kind === 'ct' ? openCtMeter() : openMrMeter();
  let slices = 0;
  for await (const { frame, facts } of framesOf(sources, notRead)) {
    slices += 1;
    meter.add({ plane: frame, facts: { ...facts, ...ctFactsOf(facts) } });
    if (slices >= mostSlices) break;
  }
  const { measurements, notMeasured } = meter.result();
  return { measurements, notMeasured: [...notRead, ...notMeasured] };
};

/** A radiograph is one picture; of a stack under a radiograph's modality the middle one stands for it. */
const measureFilm = async ([source]: readonly FrameSource[]): Promise<Measured> => {
  if (source === undefined) return { measurements: [], notMeasured: [] };
  const { facts } = readObjectHead(source.path, source);
  const frame = await oneFrame(source, Math.floor((source.numberOfFrames - 1) / 2), facts, undefined);
  if (frame === undefined || frame.kind === 'colour')
    return { measurements: [], notMeasured: [{ metric: 'pixels', reason: 'colour' }] };
  return measureRadiograph(frame, radiographFactsFrom(facts));
};

interface OneFrame {
  frame: GrayscaleFrame;
  facts: HeaderFacts;
}

/** Every grey frame; one that cannot be decoded is named and the others go on. */
async function* framesOf(sources: readonly FrameSource[], notRead: NotMeasured[]): AsyncGenerator<OneFrame> {
  for (const source of sources) {
    const { facts } = readObjectHead(source.path, source);
    for (let index = 0; index < source.numberOfFrames; index += 1) {
      const frame = await oneFrame(source, index, facts, sources.length > 1 ? notRead : undefined);
      if (frame === undefined) continue;
      if (frame.kind === 'colour') notRead.push({ metric: 'pixels', reason: 'colour', where: facts.sopInstanceUid });
      else yield { frame, facts };
    }
  }
}

const oneFrame = async (
  source: FrameSource,
  index: number,
  facts: HeaderFacts,
  notRead: NotMeasured[] | undefined,
): Promise<Frame | undefined> => {
  const { rows = 0, columns = 0, sopInstanceUid } = facts;
  if (rows * columns > mostPixels) throw new AppError('DICOM_CODEC_FAILED', { reason: 'the picture is too large' });
  try {
    return await readFrame(source, index);
  } catch (error) {
    if (notRead === undefined || !(error instanceof AppError)) throw error;
    notRead.push({ metric: 'pixels', reason: 'not-decodable', where: sopInstanceUid });
    return undefined;
  }
};

/** PS3.16 CID 4052: the phantom that CTDIvol stands for. */
const phantomMm: Readonly<Record<string, number>> = { '113690': 160, '113691': 320 };

const ctFactsOf = ({ ctdiPhantomCodes }: HeaderFacts): Pick<CtSliceFacts, 'ctdiPhantomMm'> => ({
  ctdiPhantomMm: phantomMm[ctdiPhantomCodes?.[0]?.codeValue ?? ''],
});
