import { expect, test } from 'vitest';
import { outcomeOfStatus } from './outgoing.ts';

// PS3.4 table B.2-1 and PS3.7 annex C.
test.each([
  [0x0000, 'sent'],
  [0xb000, 'sent'],
  [0xb006, 'sent'],
  [0xb007, 'sent'],
  [0xa700, 'failed'],
  [0xa7ff, 'failed'],
  [0x0110, 'failed'],
  [0xa900, 'refused'],
  [0xc000, 'refused'],
  [0x0122, 'refused'],
  [0x0124, 'refused'],
] as const)('status %i is %s', (status, outcome) => {
  expect(outcomeOfStatus(status)).toBe(outcome);
});
