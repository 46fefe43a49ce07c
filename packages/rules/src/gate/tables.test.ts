import { describe, expect, it } from 'vitest';
import { transition, type TransitionTable } from '@jiapian/kernel';
import { describeTable } from './describe-table.ts';
import { gateEventOfGrades, gateEvents, gateStates, gateTable, releaseReasonOf } from './exam-gate.ts';
import { examEvents, examStates, examTable, isReopening } from './exam-state.ts';
import { filmColumnsOf, filmEvents, filmStateOf, filmStates, filmTable } from './film-state.ts';
import {
  forwardEvents,
  forwardStates,
  forwardStatesForAPerson,
  forwardStatesToTake,
  forwardTable,
} from './forward-state.ts';

// Every pair of every table, written down a second time from the requirements: states down, events across, in the order
// of the exported lists; a dash is a pair that must be refused.
const walk = <State extends string, Event extends string>(
  table: TransitionTable<State, Event>,
  states: readonly State[],
  events: readonly Event[],
) =>
  states.map((state) =>
    events.map((event) => {
      const next = transition(table, state, event);
      return next.ok ? next.value : '-';
    }),
  );

const reachable = <State extends string, Event extends string>(table: TransitionTable<State, Event>, start: State) => {
  const seen = new Set<State>([start]);
  for (const state of seen)
    for (const next of Object.values<State>(table[state] as Record<Event, State>)) seen.add(next);
  return [...seen].sort();
};

describe('the exam table', () => {
  it('is what it is meant to be, pair by pair', () => {
    expect(walk(examTable, examStates, examEvents)).toEqual([
      ['receiving', 'ready', 'ready'],
      ['receiving', '-', '-'],
    ]);
  });

  it('calls it a reopening only when an object comes to a ready exam', () => {
    expect(isReopening('ready', 'object-arrived')).toBe(true);
    expect(isReopening('receiving', 'object-arrived')).toBe(false);
    expect(isReopening('receiving', 'ended')).toBe(false);
  });
});

describe('the gate table', () => {
  it('is what it is meant to be, pair by pair', () => {
    // held, emergency, unnamed-device, all-graded, all-rejected, clock-ran-out, let-go, grade-withdrawn, reopened,
    // passed, findings-clear, gate-opened
    expect(walk(gateTable, gateStates, gateEvents)).toEqual([
      ['held', 'released', 'released', '-', '-', '-', '-', '-', '-', 'released', '-', '-'],
      [
        '-',
        'released',
        '-',
        'released',
        'returned',
        'released',
        'released',
        'held',
        'held',
        '-',
        'released',
        'released',
      ],
      ['-', '-', '-', 'released', 'released', '-', '-', 'released', 'none', '-', '-', '-'],
      ['-', '-', '-', 'released', '-', '-', '-', 'held', 'none', '-', '-', '-'],
    ]);
  });

  it('gives each way out its reason, and the other events none', () => {
    expect(gateEvents.map(releaseReasonOf)).toEqual([
      null,
      'emergency',
      'unnamed-device',
      'graded',
      null,
      'missed',
      'by-person',
      null,
      null,
      null,
      'findings-clear',
      'gate-open',
    ]);
  });

  it('has a reason for every event that opens the gate, but for the one that brings its own', () => {
    for (const state of ['none', 'held', 'returned'] as const) {
      for (const event of gateEvents) {
        const next = transition(gateTable, state, event);
        if (next.ok && next.value === 'released' && event !== 'passed')
          expect(releaseReasonOf(event), event).not.toBeNull();
      }
    }
  });

  it.each([
    ['waits while a film is unread', [{ grade: 'A' }, { grade: null }], null],
    ['opens when every film is graded', [{ grade: 'A' }, { grade: 'C' }], 'all-graded'],
    ['opens when one film of two is 废', [{ grade: 'reject' }, { grade: 'B' }], 'all-graded'],
    ['returns the exam when every film is 废', [{ grade: 'reject' }, { grade: 'reject' }], 'all-rejected'],
    ['waits when one is 废 and the other unread', [{ grade: 'reject' }, { grade: null }], null],
    ['opens for an exam that has no film to read', [], 'all-graded'],
  ])('%s', (_, films, expected) => {
    expect(gateEventOfGrades(films)).toBe(expected);
  });
});

describe('the film table', () => {
  it('is what it is meant to be, pair by pair', () => {
    // graded, withdrawn, left-unread, not-drawn, called-in
    expect(walk(filmTable, filmStates, filmEvents)).toEqual([
      ['graded', '-', 'missed', 'not-sampled', '-'],
      ['late-reviewed', '-', '-', 'not-sampled', '-'],
      ['graded', 'waiting', '-', '-', '-'],
      ['late-reviewed', 'missed', '-', '-', '-'],
      ['graded', '-', '-', '-', 'waiting'],
    ]);
  });

  it('is stored in two columns and read back unchanged', () => {
    expect(filmStates.map((state) => filmStateOf(filmColumnsOf[state]))).toEqual([...filmStates]);
    expect(new Set(filmStates.map((state) => JSON.stringify(filmColumnsOf[state]))).size).toBe(filmStates.length);
  });

  it('keeps a film that left unread in the queue', () => {
    expect(filmColumnsOf.missed.state).toBe('waiting');
  });
});

describe('the forward table', () => {
  it('is what it is meant to be, pair by pair', () => {
    // taken, accepted, taken-in, confirmed, lost, failed, refused, attempts-spent, interrupted, retried, cancelled, resent
    expect(walk(forwardTable, forwardStates, forwardEvents)).toEqual([
      ['sending', '-', '-', '-', '-', '-', '-', '-', '-', '-', 'cancelled', '-'],
      ['-', 'sent', 'unconfirmed', '-', '-', 'failed', 'refused', 'parked', 'queued', '-', '-', '-'],
      ['-', '-', '-', 'sent', 'failed', '-', '-', '-', '-', '-', '-', '-'],
      ['-', '-', '-', '-', '-', '-', '-', '-', '-', '-', '-', 'queued'],
      ['sending', '-', '-', '-', '-', '-', '-', '-', '-', 'queued', 'cancelled', '-'],
      ['-', '-', '-', '-', '-', '-', '-', '-', '-', 'queued', 'cancelled', '-'],
      ['-', '-', '-', '-', '-', '-', '-', '-', '-', 'queued', 'cancelled', '-'],
      ['-', '-', '-', '-', '-', '-', '-', '-', '-', 'queued', '-', '-'],
    ]);
  });

  it('names who acts next: the sender, or a person', () => {
    const taken = forwardStates.filter((state) => transition(forwardTable, state, 'taken').ok);
    expect(taken).toEqual(forwardStatesToTake);
    const stuck = forwardStates.filter(
      (state) => transition(forwardTable, state, 'retried').ok && !taken.includes(state) && state !== 'cancelled',
    );
    expect(stuck).toEqual(forwardStatesForAPerson);
  });
});

describe('every table', () => {
  const tables = [
    ['exam', examTable, 'receiving', examStates],
    ['gate', gateTable, 'none', gateStates],
    ['film', filmTable, 'waiting', filmStates],
    ['forward', forwardTable, 'queued', forwardStates],
  ] as const;

  it.each(tables)('%s can reach all its states', (_, table, start, states) => {
    expect(reachable(table as TransitionTable<string, string>, start)).toEqual([...states].sort());
  });

  it.each(tables)('%s is frozen through and through', (_, table) => {
    expect(Object.isFrozen(table)).toBe(true);
    expect(Object.values(table).every((row) => Object.isFrozen(row))).toBe(true);
  });
});

describe('describeTable', () => {
  it('draws a table as a Mermaid state diagram, events to one state on one arrow', () => {
    expect(describeTable(filmTable, 'waiting')).toBe(`stateDiagram-v2
  state "waiting" as waiting
  state "missed" as missed
  state "graded" as graded
  state "late-reviewed" as late_reviewed
  state "not-sampled" as not_sampled
  [*] --> waiting
  waiting --> graded: graded
  waiting --> missed: left-unread
  waiting --> not_sampled: not-drawn
  missed --> late_reviewed: graded
  missed --> not_sampled: not-drawn
  graded --> graded: graded
  graded --> waiting: withdrawn
  late_reviewed --> late_reviewed: graded
  late_reviewed --> missed: withdrawn
  not_sampled --> graded: graded
  not_sampled --> waiting: called-in
`);
    expect(describeTable(examTable, 'receiving')).toContain('receiving --> ready: quiet-period-passed, ended');
  });
});
