import { expect, it } from 'vitest';
import { inOurUnit, type Quantity } from './dose-units.ts';

/** By hand: 1 Gy·m² = 10⁴ Gy·cm² = 10⁵ dGy·cm². */
const rows: [Quantity, number, string, number | undefined][] = [
  ['dose-area-product', 2.39e-6, 'Gy.m2', 0.239],
  ['dose-area-product', 2.39e-6, 'Gym2', 0.239],
  ['dose-area-product', 1, 'uGy.m2', 0.1],
  ['dose-area-product', 1, 'µGy·m²', 0.1],
  ['dose-area-product', 1, 'mGy.cm2', 0.01],
  ['dose-area-product', 1, 'cGy.cm2', 0.1],
  ['dose-area-product', 1, 'Gy.cm2', 10],
  ['dose-area-product', 1, 'dGy.cm2', 1],
  ['dose', 0.00252, 'Gy', 2.52],
  ['dose', 5.3, 'mGy', 5.3],
  ['dose-length', 415.82, 'mGycm', 415.82],
  ['dose-length', 1, 'Gy.cm', 1000],
  ['time', 5.27, 's', 5270],
  ['time', 1, 'min', 60_000],
  ['charge', 9586, 'uA.s', 9.586],
  ['length', 0.5, 'm', 500],
  ['number', 6, '{events}', 6],
  ['dose', 1, 'Sv', undefined],
  ['dose', 1, 'constructor', undefined],
  ['dose', 1, '', undefined],
];

it.each(rows)('%s: %d %s is %d', (quantity, value, unit, wanted) => {
  expect(inOurUnit(quantity, { value, unit })).toBe(wanted);
});
