import { describe, expect, it } from 'vitest';
import { transition } from '@jiapian/kernel';
import { orderPriorityOf, patientClassOf } from './order-priority.ts';
import { orderEvents, orderStates, orderTable } from './order-state.ts';

describe('the order table', () => {
  it('is what it is meant to be, pair by pair', () => {
    const walked = orderStates.map((state) =>
      orderEvents.map((event) => {
        const next = transition(orderTable, state, event);
        return next.ok ? next.value : '-';
      }),
    );
    // renewed, cancelled, started, discontinued, images-arrived, images-left, completed
    expect(walked).toEqual([
      ['expected', 'cancelled', 'started', 'discontinued', 'arrived', '-', 'done'],
      ['started', 'cancelled', 'started', 'discontinued', 'arrived', '-', 'done'],
      ['arrived', '-', 'arrived', 'discontinued', 'arrived', 'expected', 'done'],
      ['done', '-', 'done', '-', 'arrived', 'expected', 'done'],
      ['expected', 'cancelled', 'started', '-', 'arrived', '-', '-'],
      ['expected', 'cancelled', 'started', 'discontinued', 'arrived', '-', '-'],
    ]);
  });
});

describe('the priority of an order', () => {
  const priority = (code: string, patientClass = 'O', ward = '骨科门诊') =>
    orderPriorityOf({ code, patientClass: patientClassOf(patientClass), ward });

  it.each(['S', 'STAT', 'A', 'ASAP', 'T', 'HIGH', ' s '])('is an emergency by the code %s', (code) => {
    expect(priority(code)).toBe('emergency');
  });

  it.each(['R', 'P', 'C', 'ROUTINE', 'LOW', 'MEDIUM'])('is routine by the code %s', (code) => {
    expect(priority(code, 'X')).toBe('routine');
  });

  it('is an emergency by the patient class E, whatever the code says', () => {
    expect(priority('R', 'E')).toBe('emergency');
  });

  it.each(['ICU', 'NICU 2', '神经外科重症', '手术室3', '急诊抢救室'])('is an emergency in the ward %s', (ward) => {
    expect(priority('R', 'I', ward)).toBe('emergency');
  });

  it('is unknown when neither code nor class says anything', () => {
    expect(priority('RequestedProcedurePriority', '')).toBe('unknown');
    expect(priority('', 'Z', '')).toBe('unknown');
  });

  it('is routine for a known class without a code', () => {
    expect(priority('', 'O')).toBe('routine');
  });
});
