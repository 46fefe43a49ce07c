import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawSample } from './draw-sample.ts';
import { everyFilm, shiftOf, stratumOf, type Candidate, type SamplingPlan } from './sampling-plan.ts';
import { fallsIntoShare, murmur3, placeInOrder } from './seeded-order.ts';

const seed = '0123456789abcdef';
const film = (filmId: string, given: Partial<Candidate> = {}): Candidate => ({
  filmId,
  technologist: 'T1',
  device: 'DR1',
  position: 'CH01',
  shift: 'day',
  isEmergency: false,
  hasFinding: false,
  daysUnreviewed: 0,
  ...given,
});
const films = (count: number, given: (index: number) => Partial<Candidate> = () => ({})) =>
  Array.from({ length: count }, (_, index) => film(`film-${index}`, given(index)));
const plan: SamplingPlan = {
  ...everyFilm,
  scope: 'sample',
  share: 0.1,
  atLeast: 1,
  stratifyBy: ['technologist'],
  notReviewedForDays: null,
};
const drawnOf = (candidates: readonly Candidate[], given: Partial<SamplingPlan> = {}, by = seed) =>
  drawSample({ ...plan, ...given }, candidates, by).films.filter(({ because }) => because !== null);

describe('murmur3', () => {
  // Test vectors of MurmurHash3 x86 32-bit as published with its many ports.
  it.each([
    ['', 0, 0],
    ['', 1, 0x514e28b7],
    ['test', 0, 0xba6bd213],
    ['test', 0x9747b28c, 0x704b81dc],
    ['Hello, world!', 0x9747b28c, 0x24884cba],
    ['The quick brown fox jumps over the lazy dog', 0, 0x2e4ff723],
    ['aaa', 0x9747b28c, 0x283e0130],
  ])('hashes %j with seed %i as published', (text, by, hash) => {
    expect(murmur3(text, by)).toBe(hash);
  });
});

describe('placeInOrder', () => {
  it('lies from 0 up to, not including, 1, and a share of 0 holds nothing, of 1 everything', () => {
    fc.assert(
      fc.property(fc.uuid(), (id) => {
        const place = placeInOrder(seed, id);
        expect(place >= 0 && place < 1).toBe(true);
        expect(fallsIntoShare(seed, id, 0)).toBe(false);
        expect(fallsIntoShare(seed, id, 1)).toBe(true);
      }),
    );
  });
});

describe('shiftOf', () => {
  it.each([
    [7, 'night'],
    [8, 'day'],
    [16, 'day'],
    [17, 'evening'],
    [21, 'evening'],
    [22, 'night'],
    [0, 'night'],
  ] as const)('hour %i belongs to %s', (hour, shift) => expect(shiftOf(hour)).toBe(shift));
});

describe('drawSample', () => {
  it('takes every film unless the department samples', () => {
    const draw = drawSample(everyFilm, films(7), seed);
    expect(draw.films.map(({ because }) => because)).toEqual(Array(7).fill('every-film'));
  });

  it('takes the share of each stratum, rounded up, and the least number', () => {
    const two = films(30, (index) => ({ technologist: index < 25 ? 'T1' : 'T2' }));
    expect(drawSample({ ...plan, share: 0.1, atLeast: 2 }, two, seed).strata).toEqual([
      { stratum: 'T1', candidates: 25, certain: 0, random: 3 },
      { stratum: 'T2', candidates: 5, certain: 0, random: 2 },
    ]);
  });

  it('reads a stratum completely that is smaller than the least number', () => {
    expect(drawnOf(films(3), { atLeast: 3 })).toHaveLength(3);
    expect(drawnOf(films(4), { atLeast: 3, share: 0 })).toHaveLength(3);
    expect(drawnOf(films(2), { atLeast: 3 })).toHaveLength(2);
  });

  it('takes every emergency and every finding whatever the chance, and says why', () => {
    const drawn = drawnOf([film('a', { isEmergency: true }), film('b', { hasFinding: true }), ...films(8)]);
    expect(new Map(drawn.map(({ filmId, because }) => [filmId, because]))).toEqual(
      new Map([
        ['a', 'emergency'],
        ['b', 'finding'],
      ]),
    );
  });

  it('takes one film of each device and position that nobody has reviewed for long: at the limit, not below', () => {
    const limits = { share: 0, atLeast: 0, notReviewedForDays: 30 };
    expect(
      drawnOf(
        films(6, () => ({ daysUnreviewed: 29 })),
        limits,
      ),
    ).toHaveLength(0);
    const long = drawnOf(
      films(6, () => ({ daysUnreviewed: 30 })),
      limits,
    );
    expect(long.map(({ because }) => because)).toEqual(['not-reviewed-for-long']);
    expect(
      drawnOf(
        films(6, () => ({ daysUnreviewed: null })),
        limits,
      ),
    ).toHaveLength(1);
  });

  it('has a stratum of its own for what is not known', () => {
    expect(stratumOf({ stratifyBy: ['technologist', 'shift'] }, film('a', { technologist: null }))).toBe('?|day');
  });

  it('is the same draw again in whatever order the candidates come', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(films(40), { minLength: 40 }), (shuffled) => {
        expect(drawSample(plan, shuffled, seed)).toEqual(drawSample(plan, films(40), seed));
      }),
    );
  });

  it('draws each film equally often: 20 films, 5 drawn, 4,000 seeds', () => {
    const times = new Map<string, number>();
    const candidates = films(20);
    for (let round = 0; round < 4000; round += 1) {
      const by =
        murmur3(`seed ${round}`, 7).toString(16).padStart(8, '0') +
        murmur3(`${round}`, 9).toString(16).padStart(8, '0');
      for (const { filmId } of drawnOf(candidates, { share: 0.25 }, by))
        times.set(filmId, (times.get(filmId) ?? 0) + 1);
    }
    const expected = 1000;
    const chiSquare = [...times.values()].reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    // 19 degrees of freedom, 0.1 % point of the chi-square table; without replacement it is smaller still.
    expect(times.size).toBe(20);
    expect(chiSquare).toBeLessThan(43.82);
  });
});
