import fs from 'node:fs';
import path from 'node:path';
import { referencePages } from './docs/reference-pages.ts';

/** Writes the pages of the documentation that follow from the code: error codes, state machines, transfer syntaxes, roles. */
const root = path.join(import.meta.dirname, '..');
for (const [file, text] of referencePages(root)) fs.writeFileSync(path.join(root, file), text);
