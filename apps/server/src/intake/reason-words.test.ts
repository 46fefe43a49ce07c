import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../../..');
/** Where the words of a quarantine reason come from: what reads an object, and what enters it into the register. */
const sources = ['packages/dicom/src', 'apps/server/src/exams'].flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => readFileSync(join(root, folder, name), 'utf8')),
);
const thrown =
  /(?:'(?:DICOM_UNREADABLE|INTAKE_NOT_DICOM)', \{ reason: |reasonCode: 'INTAKE_\w+',\s+reason: )'([a-z][^']* [^']*)'/gu;
const clauses = (locale: string): Record<string, string> =>
  (
    JSON.parse(readFileSync(join(root, `apps/web/src/locales/${locale}/intake.json`), 'utf8')) as {
      clause: Record<string, string>;
    }
  ).clause;

const reasons = [...new Set(sources.flatMap((text) => [...text.matchAll(thrown)].map(([, reason]) => reason ?? '')))];

it.each(['zh-CN', 'en'])('says every reason of the quarantine in %s', (locale) => {
  expect(reasons.length).toBeGreaterThan(6);
  const words = clauses(locale);
  // Of a message without a data set, which is answered and never kept.
  expect(reasons.filter((reason) => reason !== 'no data set' && words[reason] === undefined)).toEqual([]);
});
