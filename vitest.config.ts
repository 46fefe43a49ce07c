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
    testTimeout: 30_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
  },
});
