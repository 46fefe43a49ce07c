import fs from 'node:fs';
import path from 'node:path';
import { repositoryRoot } from './repository.ts';

/** Where the sample data lies: `JIAPIAN_SAMPLES`, else `../shared/samples` beside the repository. */
export function samplesFolder(): string {
  const folder = process.env['JIAPIAN_SAMPLES'] ?? path.resolve(repositoryRoot, '../shared/samples');
  if (fs.existsSync(path.join(folder, 'MANIFEST.tsv'))) return folder;
  throw new Error('The sample data is missing: name its folder in JIAPIAN_SAMPLES, or lay it at ../shared/samples');
}

/** The path of one sample. */
export function sample(name: string): string {
  const file = path.join(samplesFolder(), name);
  if (!fs.existsSync(file)) throw new Error(`No such sample: ${name}`);
  return file;
}

/** Every file below one folder of the samples, sorted. */
export function samplesBelow(folder: string): string[] {
  const place = sample(folder);
  return fs
    .readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}
