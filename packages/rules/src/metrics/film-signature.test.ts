import { expect, it } from 'vitest';
import { DUPLICATE_FROM, filmSignature, signatureLikeness } from './film-signature.ts';
import { chestFilm, filmOf, gaussianNoise } from './radiograph.fixture.ts';

const signature = (...given: Parameters<typeof filmSignature>): Int8Array => {
  const found = filmSignature(...given);
  if (found === undefined) throw new Error('no signature');
  return found;
};

it('a film is like itself, also with other noise, brightness and polarity', () => {
  const noise = gaussianNoise();
  const film = chestFilm();
  const again = { ...film, samples: film.samples.map((value) => Math.round(300 + value * 0.8 + 40 * noise())) };
  const inverted = { ...film, samples: film.samples.map((value) => 4095 - value), isInverted: true };
  expect(signatureLikeness(signature(film), signature(film))).toBeCloseTo(1, 12);
  expect(signatureLikeness(signature(film), signature(again))).toBeGreaterThan(DUPLICATE_FROM);
  expect(signatureLikeness(signature(film), signature(inverted))).toBeGreaterThan(DUPLICATE_FROM);
});

it('a small shift of the patient leaves a repeat recognised', () => {
  expect(signatureLikeness(signature(chestFilm()), signature(chestFilm({ down: 15 })))).toBeGreaterThan(DUPLICATE_FROM);
});

it('another anatomy is not alike', () => {
  const stripes = filmOf(480, 400, (row, column) => 2000 + 1000 * Math.sin(row / 23) * Math.cos(column / 31));
  expect(signatureLikeness(signature(chestFilm()), signature(stripes))).toBeLessThan(0.6);
});

it('a film that cannot be measured has no signature', () => {
  expect(filmSignature(filmOf(100, 100, () => 5))).toBeUndefined();
});
