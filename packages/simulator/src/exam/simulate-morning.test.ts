import { describe, expect, it } from 'vitest';
import { simulateMorning } from './simulate-morning.ts';

const options = { exams: 40, defectRate: 0.2, day: '20261124' };

describe('simulateMorning', () => {
  it('has 75 % films, 15 % CT and 10 % MR', () => {
    const orders = simulateMorning(1, options);
    const count = (modality: string): number =>
      orders.filter(({ procedure }) => procedure.modality === modality).length;
    expect([count('DX'), count('CT'), count('MR')]).toEqual([30, 6, 4]);
  });

  it('goes through the morning in order, on the day asked for', () => {
    const orders = simulateMorning(1, options);
    const times = orders.map(({ startedAt }) => startedAt.secondOfDay);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(new Set(orders.map(({ startedAt }) => startedAt.date))).toEqual(new Set(['20261124']));
  });

  it('sends mobile films from the mobile unit and never elsewhere', () => {
    for (const { procedure, device } of simulateMorning(2, { ...options, exams: 200 })) {
      expect(device.isMobile).toBe(procedure.isMobile);
      expect(device.modality).toBe(procedure.modality);
    }
  });

  it('plans the same day for the same seed, and nothing for no exams', () => {
    expect(simulateMorning(5, options)).toEqual(simulateMorning(5, options));
    expect(simulateMorning(6, options)).not.toEqual(simulateMorning(5, options));
    expect(simulateMorning(5, { ...options, exams: 0 })).toEqual([]);
  });
});
