import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { referencePages } from './reference-pages.ts';

const root = path.join(import.meta.dirname, '..', '..');

test.each([...referencePages(root)])('%s says what the code says', (file, text) => {
  // Stale: run node tools/generate-reference-pages.ts
  expect(fs.readFileSync(path.join(root, file), 'utf8')).toBe(text);
});
