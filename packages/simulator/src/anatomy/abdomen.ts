import type { Point } from '../picture/shapes.ts';
import { dome, type Body } from './body.ts';

/** Soft tissue of the trunk below the diaphragm, with psoas, kidneys and changing bowel gas. */
export function drawAbdomenAp(body: Body, top: number, waist: number, hip: number): void {
  const side: Point[] = [
    [waist + 6, top - 40],
    [waist, top + 60],
    [waist - 2, top + 130],
    [hip - 6, top + 200],
    [hip, top + 280],
    [hip + 2, top + 420],
  ];
  body.soft([...side, ...side.toReversed().map(([x, y]) => [-x, y] as const)], 205, 95);
}

export function drawPsoas(body: Body, top: number, length: number): void {
  for (const s of [-1, 1]) {
    body.soft(
      [
        [s * 14, top],
        [s * 30, top + length * 0.3],
        [s * 46, top + length * 0.65],
        [s * 62, top + length],
        [s * 36, top + length],
        [s * 18, top + length * 0.6],
      ],
      17,
      9,
    );
    body.soft(
      [
        [s * 48, top - 14],
        [s * 72, top - 4],
        [s * 80, top + 40],
        [s * 66, top + 74],
        [s * 48, top + 62],
        [s * 44, top + 20],
      ],
      13,
      14,
    );
  }
}

/** Gas pockets of the colon and small bowel; every patient has others. */
export function drawBowelGas(
  body: Body,
  box: { left: number; right: number; top: number; bottom: number },
  count: number,
): void {
  const { random, tissue } = body;
  for (let i = 0; i < count; i++) {
    const cx = random.between(box.left, box.right);
    const cy = random.between(box.top, box.bottom);
    const size = random.between(7, 17);
    const points = Array.from({ length: 9 }, (_, k): Point => {
      const a = (k / 9) * 2 * Math.PI;
      const r = size * random.between(0.65, 1.35);
      return [cx + r * 1.25 * Math.cos(a), cy + r * 0.8 * Math.sin(a)];
    });
    const depth = random.between(0.5, 1.1) * size;
    body.paint(points, (edge) => -tissue.soft * depth * dome(edge, size * 0.8));
  }
}
