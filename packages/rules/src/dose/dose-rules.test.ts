import { describe, expect, it } from 'vitest';
import { checkDose } from './check-dose.ts';
import { compareWithReference } from './compare-with-reference.ts';
import type { DoseEventFacts, DoseFacts } from './dose-facts.ts';
import { referenceLevelFor } from './reference-levels.ts';
import { sizeSpecificDoseOf } from './size-specific-dose.ts';

const event = (more: Partial<DoseEventFacts>): DoseEventFacts => ({
  kind: 'spiral',
  rejected: false,
  repeated: false,
  ...more,
});
const dose = (events: DoseEventFacts[], totals: Partial<DoseFacts['totals']> = {}): DoseFacts => ({
  source: 'rdsr',
  eventCount: events.length,
  totals: { from: 'report', ...totals },
  events,
});
const checksOf = (given: DoseFacts) => checkDose(given).map(({ check }) => check);

describe('size-specific dose', () => {
  // Conversion factors of AAPM report 204 as printed: 32 cm phantom at 30 cm 1.23, 16 cm phantom at 16 cm 1.01.
  it.each([
    [300, 'body-32cm', 12.31],
    [160, 'head-16cm', 10.09],
  ] as const)('of 10 mGy at %d mm in the %s phantom is %d mGy', (diameterMm, phantom, wanted) => {
    const size = sizeSpecificDoseOf({ ctdiVolMgy: 10, diameterMm, phantom });
    expect('ssdeMgy' in size && size.ssdeMgy).toBeCloseTo(wanted, 2);
  });

  it.each([
    [{ ctdiVolMgy: undefined, diameterMm: 300, phantom: 'body-32cm' }, 'no-ctdi'],
    [{ ctdiVolMgy: 10, diameterMm: undefined, phantom: 'body-32cm' }, 'no-diameter'],
    [{ ctdiVolMgy: 10, diameterMm: 300, phantom: undefined }, 'no-phantom'],
    [{ ctdiVolMgy: 10, diameterMm: 79.9, phantom: 'body-32cm' }, 'diameter-out-of-range'],
    [{ ctdiVolMgy: 10, diameterMm: 450.1, phantom: 'body-32cm' }, 'diameter-out-of-range'],
    [{ ctdiVolMgy: 10, diameterMm: Number.NaN, phantom: 'body-32cm' }, 'diameter-out-of-range'],
  ] as const)('of %j is not measurable: %s', (given, reason) => {
    expect(sizeSpecificDoseOf(given)).toEqual({ reason });
  });

  it('is given at both ends of the tables', () => {
    for (const diameterMm of [80, 450])
      expect(sizeSpecificDoseOf({ ctdiVolMgy: 0, diameterMm, phantom: 'body-32cm' })).toEqual({ ssdeMgy: 0 });
  });
});

describe('DLP against CTDIvol × length', () => {
  it('may differ by a fifth and not more', () => {
    expect(checksOf(dose([event({ ctdiVolMgy: 10, scanLengthMm: 400, dlpMgyCm: 480 })]))).toEqual([]);
    expect(checksOf(dose([event({ ctdiVolMgy: 10, scanLengthMm: 400, dlpMgyCm: 501 })]))).toEqual(['dlp-disagrees']);
    expect(checksOf(dose([event({ ctdiVolMgy: 10, scanLengthMm: 400, dlpMgyCm: 319 })]))).toEqual(['dlp-disagrees']);
  });

  it('is not asked of a scout', () => {
    expect(
      checksOf(dose([event({ kind: 'constant-angle', ctdiVolMgy: 0.1, scanLengthMm: 500, dlpMgyCm: 50 })])),
    ).toEqual([]);
  });

  it('names a total that is not the sum of its events', () => {
    const events = [event({ dlpMgyCm: 100 }), event({ dlpMgyCm: 200 })];
    expect(checksOf(dose(events, { dlpMgyCm: 300 }))).toEqual([]);
    expect(checksOf(dose(events, { dlpMgyCm: 306 }))).toEqual([]);
    expect(checksOf(dose(events, { dlpMgyCm: 330 }))).toEqual(['dlp-total-disagrees']);
  });
});

it('counts rejected and repeated exposures', () => {
  const checks = checkDose(
    dose([event({ rejected: true, rejectionReason: 'Positioning' }), event({ repeated: true })]),
  );
  expect(checks).toMatchObject([
    { check: 'exposure-rejected', value: 'Positioning' },
    { check: 'exposure-repeated', value: 'spiral' },
  ]);
});

describe('reference levels', () => {
  const adultChest = { modality: 'CT', words: 'Chest', ageYears: 40 };

  it('are those of the region and the age, in both languages', () => {
    // WS/T 637 as in the domain notes: chest P75 15 mGy and 470 mGy·cm.
    expect(referenceLevelFor({ ...adultChest, quantity: 'ctdiVolMgy' })?.p75).toBe(15);
    expect(referenceLevelFor({ ...adultChest, words: '胸部平扫', quantity: 'dlpMgyCm' })?.p75).toBe(470);
    expect(referenceLevelFor({ ...adultChest, ageYears: 0.5, quantity: 'ctdiVolMgy' })?.p75).toBe(2.7);
    expect(referenceLevelFor({ ...adultChest, ageYears: undefined, quantity: 'dlpMgyCm' })?.p75).toBe(470);
  });

  it('are none for words that name two regions, or none', () => {
    for (const words of ['chest abdomen', '', 'knee'])
      expect(referenceLevelFor({ ...adultChest, words, quantity: 'ctdiVolMgy' })).toBeUndefined();
  });

  it('are exceeded above the border and not at it', () => {
    const at = (ctdiVolMgy: number) =>
      compareWithReference(dose([event({ ctdiVolMgy, targetRegion: 'Chest' })]), adultChest).map(({ check }) => check);
    expect(at(15)).toEqual([]);
    expect(at(15.01)).toEqual(['above-reference-level']);
    expect(at(6)).toEqual([]);
    expect(at(5.99)).toEqual(['below-first-quartile']);
  });
});
