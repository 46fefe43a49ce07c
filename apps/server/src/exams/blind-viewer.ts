import type { Clock } from '@jiapian/kernel';
import type { Caller } from '../platform/caller.ts';

/** Who looks, as far as it decides what a blind reading hides from them. */
export type BlindViewer = Pick<Caller, 'accountId' | 'staffId' | 'permissions'> & { now: Date };

export const blindViewerOf = ({ accountId, staffId, permissions }: Caller, clock: Clock): BlindViewer => ({
  accountId,
  staffId,
  permissions,
  now: clock.now(),
});

/** Only who grades can be somebody's blind reader: nobody else pays for the question. */
export const mayReadBlind = ({ permissions }: Pick<BlindViewer, 'permissions'>): boolean =>
  permissions.has('review.grade');
