import { transition } from '@jiapian/kernel';
import { describe, expect, it } from 'vitest';
import { reconcileRejection, type RejectionCause, type StandingRejection } from './reconcile-rejection.ts';
import { rejectionEvents, rejectionStates, rejectionTable } from './rejection-state.ts';

describe('the rejection table', () => {
  it('is what it is meant to be, pair by pair', () => {
    const back = 'taken-back';
    // taken, accepted, failed, refused, interrupted, retried, seen-hidden, seen-visible, done-by-hand, taken-back
    const walked = rejectionStates.map((state) =>
      rejectionEvents.map((event) => {
        const next = transition(rejectionTable, state, event);
        return next.ok ? next.value : '-';
      }),
    );
    expect(walked).toEqual([
      ['sending', '-', '-', '-', '-', '-', '-', '-', '-', back],
      ['-', 'sent', 'failed', 'refused', 'queued', '-', '-', '-', '-', back],
      ['sending', '-', '-', '-', '-', 'queued', '-', '-', 'done', back],
      ['-', '-', '-', '-', '-', 'queued', '-', '-', 'done', back],
      ['-', '-', '-', '-', '-', '-', 'hidden', 'visible', 'done', back],
      ['-', '-', '-', '-', '-', '-', '-', 'visible', '-', back],
      ['-', '-', '-', '-', '-', 'queued', 'hidden', '-', 'done', back],
      ['-', '-', '-', '-', '-', '-', '-', '-', 'done', back],
      ['-', '-', '-', '-', '-', '-', '-', '-', '-', back],
      ['-', '-', '-', '-', '-', '-', '-', '-', '-', '-'],
    ]);
  });
});

describe('reconcileRejection', () => {
  const positioning: RejectionCause = { title: 'quality', reasonCode: '111209', copyId: '', isByHand: false };
  const motion: RejectionCause = { title: 'quality', reasonCode: '111210', copyId: '', isByHand: false };
  const note = (over: Partial<StandingRejection>): StandingRejection => ({
    id: 'n1',
    destinationId: 'pacs',
    ...positioning,
    instanceUids: ['1'],
    ...over,
  });
  const at = (...uids: string[]) => new Map([['pacs', new Set(uids)]]);
  const everywhere = (...rejected: [string, RejectionCause][]) =>
    new Map(['pacs', 'backup', 'other'].map((id) => [id, new Map(rejected)]));

  it('tells an archive of what it has, and of nothing else', () => {
    const rejected = everywhere(['1', positioning], ['2', positioning], ['3', motion]);
    const present = new Map([
      ['pacs', new Set(['1', '2', '3', '9'])],
      ['backup', new Set(['2'])],
      ['other', new Set<string>()],
    ]);
    expect(reconcileRejection(rejected, present, [])).toEqual({
      takeBack: [],
      tell: [
        { destinationId: 'pacs', ...positioning, instanceUids: ['1', '2'] },
        { destinationId: 'pacs', ...motion, instanceUids: ['3'] },
        { destinationId: 'backup', ...positioning, instanceUids: ['2'] },
      ],
    });
  });

  it('has nothing to do when the archive knows already', () => {
    expect(reconcileRejection(everywhere(['1', positioning]), at('1'), [note({})])).toEqual({ takeBack: [], tell: [] });
  });

  it('takes back what is not rejected any more', () => {
    expect(reconcileRejection(new Map(), at('1'), [note({})])).toEqual({ takeBack: ['n1'], tell: [] });
  });

  it('tells the rest anew when one of two films is graded better', () => {
    const standing = [note({ instanceUids: ['1', '2'] })];
    expect(reconcileRejection(everywhere(['2', positioning]), at('1', '2'), standing)).toEqual({
      takeBack: ['n1'],
      tell: [{ destinationId: 'pacs', ...positioning, instanceUids: ['2'] }],
    });
  });

  it('tells anew when the reason has changed', () => {
    expect(reconcileRejection(everywhere(['1', motion]), at('1'), [note({})])).toEqual({
      takeBack: ['n1'],
      tell: [{ destinationId: 'pacs', ...motion, instanceUids: ['1'] }],
    });
  });

  it('tells only of what came later', () => {
    const rejected = everywhere(['1', positioning], ['2', positioning]);
    expect(reconcileRejection(rejected, at('1', '2'), [note({})]).tell).toEqual([
      { destinationId: 'pacs', ...positioning, instanceUids: ['2'] },
    ]);
  });

  it('tells each archive in its own way', () => {
    const wrong: RejectionCause = { title: 'worklist', reasonCode: '', copyId: '', isByHand: false };
    const rejected = new Map([
      ['pacs', new Map([['1', wrong]])],
      ['backup', new Map([['1', { ...wrong, isByHand: true }]])],
    ]);
    const present = new Map(['pacs', 'backup', 'other'].map((id) => [id, new Set(['1'])]));
    expect(reconcileRejection(rejected, present, []).tell).toEqual([
      { destinationId: 'pacs', ...wrong, instanceUids: ['1'] },
      { destinationId: 'backup', ...wrong, isByHand: true, instanceUids: ['1'] },
    ]);
  });

  it('never names two copies of a study in one note', () => {
    const wrong: RejectionCause = { title: 'worklist', reasonCode: '', copyId: 'first', isByHand: false };
    const rejected = everywhere(['1', wrong], ['2', { ...wrong, copyId: 'second' }]);
    expect(reconcileRejection(rejected, at('1', '2'), []).tell).toHaveLength(2);
  });
});
