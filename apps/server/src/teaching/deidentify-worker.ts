import { createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { parentPort } from 'node:worker_threads';
import { encodePart10Header, joinChunks } from '@jiapian/dicom';
import { deidentify } from '@jiapian/dicom/deidentify';
import { AppError } from '@jiapian/kernel';
import { pixelBoxOf } from '@jiapian/rules';
import type { WorkerAnswer } from '../analysis/index.ts';
import type { DeidentifyResult, DeidentifyTask } from './deidentify-job.ts';

/** Runs in a worker thread: decoding and painting a film takes seconds. */
const answer = async (id: number, task: DeidentifyTask): Promise<void> => {
  try {
    const result = await work(task);
    const reply: WorkerAnswer<DeidentifyResult> = { id, result };
    parentPort?.postMessage(reply, [result.bytes.buffer]);
  } catch (error) {
    const facts = error instanceof AppError ? { ...error.facts } : { reason: 'the file could not be made' };
    parentPort?.postMessage({ id, error: { code: error instanceof AppError ? error.code : null, facts } });
  }
};

const work = async (task: DeidentifyTask): Promise<DeidentifyResult> => {
  const stored = await readFile(task.path);
  const part10 = joinChunks([encodePart10Header(task), stored.subarray(task.dataSetOffset)]);
  const made = await deidentify(part10, {
    code: task.code,
    dates: task.movedByDays === null ? 'removed' : { movedByDays: task.movedByDays },
    keepsPatientCharacteristics: task.keepsCharacteristics,
    boxesOf: (size) => task.regions.map((region) => pixelBoxOf(region, size)),
    uidFor: (original) => uidOf(task.secret, original),
  });
  return { ...made, bytes: Uint8Array.from(made.bytes) };
};

/** A UID from 120 random-looking bits (PS3.5 B.2). */
const uidOf = (secret: string, original: string): string =>
  `2.25.${BigInt(`0x${createHmac('sha256', secret).update(original).digest('hex').slice(0, 30)}`)}`;

parentPort?.on('message', ({ id, task }: { id: number; task: DeidentifyTask }) => void answer(id, task));
