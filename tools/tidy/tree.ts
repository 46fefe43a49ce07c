import fs from 'node:fs';
import path from 'node:path';

/** The files of the repository as the checks see them; a test makes one from texts. */
export interface Tree {
  /** Paths relative to the root, with `/`, sorted. */
  readonly files: readonly string[];
  readonly read: (file: string) => string;
}

const ignored = new Set(['node_modules', 'dist', '.git', '.tmp', 'coverage', 'data', 'results']);

/** The repository as it lies on the disk, without what is installed, built or measured. */
export function readTree(root: string): Tree {
  const files = filesBelow(root)
    .map((file) => path.relative(root, file).replaceAll(path.sep, '/'))
    .sort();
  return { files, read: (file) => fs.readFileSync(path.join(root, file), 'utf8') };
}

/** What is ignored is not even opened: a test that runs beside this removes its folders. */
function filesBelow(folder: string): string[] {
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const place = path.join(folder, entry.name);
    if (ignored.has(entry.name) || entry.name.startsWith('data-')) return [];
    if (entry.isDirectory()) return filesBelow(place);
    return entry.isFile() ? [place] : [];
  });
}

/** A tree of texts. */
export function treeOf(texts: Readonly<Record<string, string>>): Tree {
  return { files: Object.keys(texts).sort(), read: (file) => texts[file] ?? '' };
}

/** Tests, and what only tests read. */
export function isTest(file: string): boolean {
  return /\.(test|fixture)\.tsx?$/.test(file);
}

export function isSource(file: string): boolean {
  return /\.(ts|tsx|mjs|cjs|js)$/.test(file);
}

/** Source that is part of the product, tests left out. */
export function isShipped(file: string): boolean {
  return /^(apps|packages)\/[^/]+\/src\//.test(file) && isSource(file) && !isTest(file);
}

/** The line number, from 1, of a place in a text. */
export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
