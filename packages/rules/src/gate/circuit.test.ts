import { transition } from '@jiapian/kernel';
import { describe, expect, it } from 'vitest';
import { circuitAfter, circuitAllows, circuitEvents, circuitStates, circuitTable, closedCircuit } from './circuit.ts';

const fail = (times: number, nowMs = 0) =>
  Array.from({ length: times }).reduce(
    (circuit: typeof closedCircuit) => circuitAfter(circuit, false, nowMs),
    closedCircuit,
  );

describe('the circuit breaker of a destination', () => {
  it('stays closed over two rounds without an answer and opens with the third', () => {
    expect(fail(2)).toMatchObject({ state: 'closed', failures: 2 });
    expect(fail(3, 1000)).toEqual({ state: 'open', failures: 3, nextTrialMs: 61_000 });
  });

  it('lets one object try when its wait is over, not a millisecond before', () => {
    const open = fail(3, 1000);
    expect(circuitAllows(open, 60_999)).toBe('none');
    expect(circuitAllows(open, 61_000)).toBe('one');
    expect(circuitAllows(closedCircuit, 0)).toBe('all');
  });

  it('waits longer after each trial that fails, half an hour at most', () => {
    const open = circuitAfter(fail(3), false, 0);
    expect(open).toEqual({ state: 'open', failures: 4, nextTrialMs: 120_000 });
    expect(fail(40)).toMatchObject({ nextTrialMs: 1_800_000 });
  });

  it('closes with the first answer', () => {
    expect(circuitAfter(fail(7), true, 5)).toEqual(closedCircuit);
  });

  it('has a table in which every state can come back to closed', () => {
    for (const state of circuitStates)
      expect(transition(circuitTable, state, 'answered')).toEqual({ ok: true, value: 'closed' });
    const pairs = circuitStates.flatMap((state) => circuitEvents.filter((event) => circuitTable[state][event]));
    expect(pairs).toHaveLength(6);
  });
});
