import type { MeasuredNumber } from '../structured-report/index.ts';
import { rounded } from './dose-report.ts';

/** What is measured; each has the one unit of ours that its names end in. */
export type Quantity =
  'dose-area-product' | 'dose' | 'dose-length' | 'time' | 'charge' | 'current' | 'voltage' | 'length' | 'number';

/** Spelling as written by devices, without dots, blanks, braces and case of no meaning → factor to our unit. */
const factors: Readonly<Record<Quantity, Readonly<Record<string, number>>>> = {
  // dGy·cm²: 1 Gy·m² = 10⁴ Gy·cm² = 10⁵ dGy·cm².
  'dose-area-product': {
    Gym2: 1e5,
    dGym2: 1e4,
    cGym2: 1e3,
    mGym2: 1e2,
    uGym2: 0.1,
    Gycm2: 10,
    dGycm2: 1,
    cGycm2: 0.1,
    mGycm2: 0.01,
    uGycm2: 1e-5,
  },
  // mGy.
  dose: { Gy: 1000, dGy: 100, cGy: 10, mGy: 1, uGy: 1e-3, nGy: 1e-6 },
  // mGy·cm.
  'dose-length': { Gycm: 1000, mGycm: 1, uGycm: 1e-3, mGymm: 0.1, Gym: 1e5, mGym: 100 },
  // ms.
  time: { s: 1000, ms: 1, us: 1e-3, min: 60_000, h: 3_600_000 },
  // mAs.
  charge: { As: 1000, mAs: 1, uAs: 1e-3, nAs: 1e-6 },
  // mA.
  current: { A: 1000, mA: 1, uA: 1e-3 },
  // kV.
  voltage: { kV: 1, KV: 1, kVp: 1, V: 1e-3, MV: 1000 },
  // mm.
  length: { m: 1000, dm: 100, cm: 10, mm: 1, um: 1e-3 },
  number: { '1': 1, '': 1, ratio: 1, '%': 0.01, events: 1, pulse: 1 },
};

/** A figure in our unit of its quantity; undefined when the unit is none of that quantity. */
export const inOurUnit = (quantity: Quantity, { value, unit }: MeasuredNumber): number | undefined => {
  const spelling = unit
    .replaceAll(/[\s.·*{}]|(?<=[A-Za-z])\^(?=\d)/g, '')
    .replace(/^[µμ]/, 'u')
    .replace('²', '2');
  const known = factors[quantity];
  const factor = Object.hasOwn(known, spelling) ? known[spelling] : undefined;
  if (factor === undefined) return undefined;
  return factor === 1 ? value : rounded(value * factor);
};
