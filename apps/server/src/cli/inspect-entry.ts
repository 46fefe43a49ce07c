import type { DoseReport, HeaderFacts } from '@jiapian/dicom';
import { AppError } from '@jiapian/kernel';
import type { Finding, Measured } from '@jiapian/rules';
import { inspectObject, type MeasurePool } from '../analysis/index.ts';
import type { FileToInspect } from './inspect-files.ts';

/** One entry of the answer; the names are fixed for those who read it. */
export interface InspectEntry extends Measured {
  file: string;
  sopInstanceUid: string | null;
  sopClassUid: string | null;
  modality: string | null;
  transferSyntaxUid: string | null;
  facts: Partial<HeaderFacts>;
  findings: readonly Finding[];
  dose: DoseReport | null;
  error?: { code: string; message: string };
}

/** Looks at one file; whatever is wrong with it is in the entry and the others go on. */
export const inspectEntry = async (file: FileToInspect, pool: MeasurePool | null): Promise<InspectEntry> => {
  try {
    if (file.problem !== undefined) return broken(file.name, file.problem);
    const inspected = await inspectObject(file.path, pool);
    const { facts, measurements, notMeasured, findings, dose } = inspected;
    const { sopInstanceUid = null, sopClassUid = null, modality = null, transferSyntaxUid = null } = facts;
    const identity = { file: file.name, sopInstanceUid, sopClassUid, modality, transferSyntaxUid };
    return { ...identity, facts, measurements, notMeasured, findings, dose };
  } catch (error) {
    return broken(file.name, error);
  } finally {
    await file.release();
  }
};

const broken = (file: string, error: unknown): InspectEntry => ({
  file,
  sopInstanceUid: null,
  sopClassUid: null,
  modality: null,
  transferSyntaxUid: null,
  facts: {},
  measurements: [],
  notMeasured: [],
  findings: [],
  dose: null,
  error: reasonOf(error),
});

const reasonOf = (error: unknown): { code: string; message: string } => {
  if (!(error instanceof AppError)) return { code: 'SERVER_DEFECT', message: 'the reader failed on this file' };
  const { reason, missing } = error.facts;
  const words = typeof reason === 'string' ? reason : error.code;
  return { code: error.code, message: Array.isArray(missing) ? `${words}: ${missing.join(', ')}` : words };
};
