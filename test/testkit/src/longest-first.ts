import path from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { repositoryRoot } from './repository.ts';

/**
 * The files that take longest, the longest first. A run on a clean clone knows no times of earlier runs, and a long file
 * that comes last leaves the other workers without work.
 */
export const longest = [
  'test/e2e/review-morning.test.ts',
  'test/e2e/accessibility.test.ts',
  'test/e2e/monitor.test.ts',
  'test/e2e/thread.test.ts',
  'test/e2e/hints.test.ts',
  'test/e2e/meeting.test.ts',
  'test/e2e/consultations.test.ts',
  'test/e2e/review-workstation.test.ts',
  'test/faults/database-away.test.ts',
  'test/faults/kill-while-receiving.test.ts',
  'apps/server/src/main.test.ts',
  'test/faults/pacs-away.test.ts',
  'apps/server/src/intake/doors.test.ts',
  'packages/rules/src/phantom/acr-mr.test.ts',
  'test/faults/hard-files-in-folder.test.ts',
  'test/faults/killed-while-sending.test.ts',
];

/** Starts the longest files first, the others in the order that vitest gives them. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((one, other) => placeOf(one) - placeOf(other));
  }
}

const placeOf = ({ moduleId }: TestSpecification): number => {
  const at = longest.indexOf(path.relative(repositoryRoot, moduleId).replaceAll('\\', '/'));
  return at === -1 ? longest.length : at;
};
