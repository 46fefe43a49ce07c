import { transition } from '@jiapian/kernel';
import { expect, it } from 'vitest';
import { mailEventAfter, mailEvents, mailStates, mailTable } from './mail-state.ts';

it('lets a mail leave once, and be asked for again only after it failed', () => {
  const ways = mailStates.flatMap((state) =>
    mailEvents.flatMap((event) => {
      const next = transition(mailTable, state, event);
      return next.ok ? [`${state} ${event} ${next.value}`] : [];
    }),
  );
  expect(ways).toEqual([
    'waiting taken sent',
    'waiting put-off waiting',
    'waiting given-up failed',
    'failed asked-again waiting',
  ]);
});

it('gives up at a final reply, or when the attempts are spent', () => {
  expect(mailEventAfter(499, 1, 10)).toBe('put-off');
  expect(mailEventAfter(500, 1, 10)).toBe('given-up');
  expect(mailEventAfter(undefined, 9, 10)).toBe('put-off');
  expect(mailEventAfter(undefined, 10, 10)).toBe('given-up');
});
