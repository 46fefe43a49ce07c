import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/testkit/src/longest-first.ts';

export default defineConfig({
  test: {
    globalSetup: ['test/testkit/src/global-setup.ts'],
    include: [
      'packages/*/src/**/*.test.ts',
      'apps/*/src/**/*.test.{ts,tsx}',
      'test/**/*.test.ts',
      'tools/**/*.test.ts',
    ],
    // A server that makes its database for real takes 3 s on a quiet machine and 30 on one whose disk others use.
    testTimeout: 90_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
  },
});
