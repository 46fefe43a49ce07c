import type { AnalyserTrial } from '@jiapian/contract';
import { AppError } from '@jiapian/kernel';
import type { AnalyserRow } from './analysers.repository.ts';
import { questionOf } from './analyser-request.ts';
import { askAnalyser } from './ask-analyser.ts';
import type { DecodedFrame } from './decode-job.ts';

const side = 64;
const highest = 4095;

/** Sends a made picture, a grey wedge, and tells what came back; nothing is kept, and no patient's picture is sent. */
export const tryAnalyser = async (analyser: AnalyserRow): Promise<AnalyserTrial> => {
  const question = await questionOf(
    {
      modality: analyser.modalities[0] ?? 'DX',
      positionCode: analyser.positionCodes[0] ?? null,
      bodyPart: null,
      viewPosition: null,
      laterality: null,
      ageYears: null,
      sex: null,
      pixelSpacingMm: [0.15, 0.15],
      picture: { number: 1, of: 1 },
    },
    wedge(),
  );
  const startedAt = performance.now();
  const nothing = { program: null, measurements: 0, notMeasured: 0, findings: 0 };
  const durationMs = (): number => Math.round(performance.now() - startedAt);
  try {
    const { program, measurements, notMeasured, findings } = await askAnalyser(analyser, question);
    return {
      isGood: true,
      reason: null,
      durationMs: durationMs(),
      program: `${program.name} ${program.version}`,
      measurements: measurements.length,
      notMeasured: notMeasured.length,
      findings: findings.length,
    };
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'ANALYSIS_ANALYSER_FAILED') throw error;
    return { isGood: false, reason: String(error.facts['reason']), durationMs: durationMs(), ...nothing };
  }
};

const wedge = (): DecodedFrame => {
  const samples = new Uint16Array(side * side).map((_, at) => Math.round(((at % side) / (side - 1)) * highest));
  return {
    head: {
      rows: side,
      columns: side,
      fullRows: side,
      fullColumns: side,
      kind: 'grayscale',
      sampleType: 'uint16',
      isInverted: false,
      rescaleSlope: 1,
      rescaleIntercept: 0,
      minStored: 0,
      maxStored: highest,
      windows: [{ center: (highest + 1) / 2, width: highest + 1, explanation: '' }],
      pixelSpacingMm: null,
      pixelSpacingSource: null,
      numberOfFrames: 1,
    },
    samples: new Uint8Array(samples.buffer),
  };
};
