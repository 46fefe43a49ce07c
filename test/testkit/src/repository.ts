import fs from 'node:fs';
import path from 'node:path';

/** The folder of the repository. */
export const repositoryRoot = path.resolve(import.meta.dirname, '../../..');

/** A folder of its own below the repository's `.tmp`, gone when the test says so. */
export function temporaryFolder(name: string): { readonly path: string; readonly remove: () => void } {
  const parent = path.join(repositoryRoot, '.tmp');
  fs.mkdirSync(parent, { recursive: true });
  const folder = fs.mkdtempSync(path.join(parent, `${name}-`));
  return { path: folder, remove: () => fs.rmSync(folder, { recursive: true, force: true, maxRetries: 3 }) };
}
