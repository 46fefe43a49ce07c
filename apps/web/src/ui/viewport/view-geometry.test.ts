import { describe, expect, it } from 'vitest';
import { fitView, panBy, toImage, toScreen, zoomAt, type ViewGeometry } from './view-geometry.ts';

const screen = { width: 400, height: 200 };
const straight: ViewGeometry = { zoom: 2, center: { x: 50, y: 30 }, quarterTurns: 0, isFlipped: false };

describe('toScreen', () => {
  it('puts the centre in the middle of the screen', () => {
    expect(toScreen(straight, screen, { x: 50, y: 30 })).toEqual({ x: 200, y: 100 });
  });
  it('scales by the zoom', () => {
    expect(toScreen(straight, screen, { x: 60, y: 25 })).toEqual({ x: 220, y: 90 });
  });
  it('turns clockwise: what was right of the centre is below it', () => {
    expect(toScreen({ ...straight, quarterTurns: 1 }, screen, { x: 60, y: 30 })).toEqual({ x: 200, y: 120 });
    expect(toScreen({ ...straight, quarterTurns: 2 }, screen, { x: 60, y: 30 })).toEqual({ x: 180, y: 100 });
    expect(toScreen({ ...straight, quarterTurns: 3 }, screen, { x: 60, y: 30 })).toEqual({ x: 200, y: 80 });
  });
  it('exchanges left and right when flipped', () => {
    expect(toScreen({ ...straight, isFlipped: true }, screen, { x: 60, y: 30 })).toEqual({ x: 180, y: 100 });
  });
});

describe('toImage', () => {
  it.each([0, 1, 2, 3] as const)('undoes toScreen after %i quarter turns, flipped or not', (quarterTurns) => {
    for (const isFlipped of [false, true]) {
      const view = { ...straight, quarterTurns, isFlipped };
      const back = toImage(view, screen, toScreen(view, screen, { x: 71, y: 12 }));
      expect(back.x).toBeCloseTo(71, 10);
      expect(back.y).toBeCloseTo(12, 10);
    }
  });
});

describe('fitView', () => {
  it('takes the smaller of the two scales', () => {
    expect(fitView({ width: 1000, height: 800 }, screen).zoom).toBe(0.25);
  });
  it('fits the lying image after a quarter turn', () => {
    const turned = fitView({ width: 1000, height: 800 }, screen, { ...straight, quarterTurns: 1 });
    expect(turned.zoom).toBe(0.2);
    expect(turned.center).toEqual({ x: 500, y: 400 });
  });
});

describe('zoomAt', () => {
  it('keeps the place under the cursor', () => {
    const cursor = { x: 300, y: 40 };
    const before = toImage(straight, screen, cursor);
    const after = toImage(zoomAt(straight, screen, cursor, 3), screen, cursor);
    expect(after.x).toBeCloseTo(before.x, 10);
    expect(after.y).toBeCloseTo(before.y, 10);
  });
  it('stops at the largest zoom', () => {
    expect(zoomAt(straight, screen, { x: 0, y: 0 }, 1e6).zoom).toBe(32);
  });
});

describe('panBy', () => {
  it('moves the image with the hand: 20 px right at zoom 2 shows 10 px further left', () => {
    expect(panBy(straight, screen, { x: 20, y: 0 }).center).toEqual({ x: 40, y: 30 });
  });
});
