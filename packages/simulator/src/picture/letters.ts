import type { Station } from './shapes.ts';

/** Strokes of lead letters in a 1 × 1.4 box, y down. */
const strokes: Readonly<Record<string, readonly (readonly (readonly [number, number])[])[]>> = {
  L: [
    [
      [0, 0],
      [0, 1.4],
      [0.8, 1.4],
    ],
  ],
  R: [
    [
      [0, 1.4],
      [0, 0],
      [0.5, 0],
      [0.78, 0.14],
      [0.85, 0.36],
      [0.76, 0.58],
      [0.5, 0.72],
      [0, 0.72],
    ],
    [
      [0.42, 0.72],
      [0.88, 1.4],
    ],
  ],
};

export type MarkerLetter = 'L' | 'R';

/** Segments of a lead letter with its upper left corner at (x, y) mm. */
export function letterSegments(
  letter: MarkerLetter,
  at: readonly [x: number, y: number],
  heightMm: number,
): (readonly [Station, Station])[] {
  const scale = heightMm / 1.4;
  const r = heightMm * 0.075;
  return (strokes[letter] ?? []).flatMap((line) =>
    line.slice(1).map((to, i) => {
      const from = line[i] as readonly [number, number];
      return [
        [at[0] + from[0] * scale, at[1] + from[1] * scale, r],
        [at[0] + to[0] * scale, at[1] + to[1] * scale, r],
      ] as const;
    }),
  );
}
