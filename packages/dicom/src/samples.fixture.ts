import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const folder = process.env['JIAPIAN_SAMPLES'] ?? resolve(import.meta.dirname, '../../../../shared/samples');

/** The path of a sample file, for tests. */
export const samplePath = (name: string): string => {
  const path = join(folder, name);
  if (!existsSync(path)) throw new Error(`no such sample: ${name}; JIAPIAN_SAMPLES names the folder of samples`);
  return path;
};

/** The bytes of a sample file, for tests. */
export const sampleBytes = (name: string): Uint8Array => new Uint8Array(readFileSync(samplePath(name)));
