import type { PositionSpec } from '../anatomy/positions.ts';
import type { Random } from '../picture/random.ts';
import type { Station } from '../picture/shapes.ts';

/** Something metallic that should have been taken off, in picture coordinates (mm). */
export interface ForeignObject {
  readonly name: 'necklace' | 'button' | 'zip' | 'ring' | 'hairpin';
  readonly segments: readonly (readonly [Station, Station])[];
  readonly boxMm: readonly [x: number, y: number, width: number, height: number];
}

export function placeForeignObject(spec: PositionSpec, random: Random): ForeignObject {
  const segments = drawing(spec, random);
  const points = segments.list.flat();
  const left = Math.min(...points.map(([x, , r]) => x - r));
  const top = Math.min(...points.map(([, y, r]) => y - r));
  const right = Math.max(...points.map(([x, , r]) => x + r));
  const bottom = Math.max(...points.map(([, y, r]) => y + r));
  return { name: segments.name, segments: segments.list, boxMm: [left, top, right - left, bottom - top] };
}

function drawing(
  spec: PositionSpec,
  random: Random,
): { name: ForeignObject['name']; list: (readonly [Station, Station])[] } {
  if (spec.bodyPart === 'CHEST')
    return random.chance(0.6) ? { name: 'necklace', list: necklace() } : { name: 'button', list: buttons(random) };
  if (spec.bodyPart === 'HAND')
    return {
      name: 'ring',
      list: [
        [
          [-22, -24, 1.4],
          [-8, -28, 1.4],
        ],
      ],
    };
  if (spec.bodyPart === 'SKULL')
    return {
      name: 'hairpin',
      list: [
        [
          [-30, -96, 0.8],
          [4, -84, 0.8],
        ],
        [
          [-30, -92, 0.8],
          [4, -80, 0.8],
        ],
      ],
    };
  if (spec.bodyPart === 'KNEE') return { name: 'button', list: buttons(random).slice(0, 1) };
  return {
    name: 'zip',
    list: Array.from(
      { length: 26 },
      (_, i) =>
        [
          [-2 + (i % 2) * 4, 60 + i * 3, 1.1],
          [(i % 2) * 4 - 0.5, 60 + i * 3, 1.1],
        ] as const,
    ),
  };
}

function necklace(): (readonly [Station, Station])[] {
  const at = (i: number): Station => {
    const t = (i / 70) * 2 - 1;
    return [t * 58, -168 + 92 * (1 - t * t) ** 0.8, i % 2 === 0 ? 1.3 : 0.7];
  };
  return Array.from({ length: 70 }, (_, i) => [at(i), at(i + 1)] as const);
}

function buttons(random: Random): (readonly [Station, Station])[] {
  const x = random.between(-26, 26);
  return Array.from(
    { length: 3 },
    (_, i) =>
      [
        [x, -70 + i * 62, 5.5],
        [x + 0.5, -70 + i * 62, 5.5],
      ] as const,
  );
}
