import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { longest } from './longest-first.ts';
import { repositoryRoot } from './repository.ts';

it('names files that are there', () => {
  expect(longest.filter((file) => !fs.existsSync(path.join(repositoryRoot, file)))).toEqual([]);
});
