import { describe, expect, it } from 'vitest';
import { modalityClassOf, reviewUnitOf } from './modality.ts';

describe('modality', () => {
  it.each([
    ['CR', 'image', 'projection'],
    ['DX', 'image', 'projection'],
    ['MG', 'image', 'projection'],
    ['PX', 'image', 'projection'],
    ['CT', 'exam', 'cross-sectional'],
    ['MR', 'exam', 'cross-sectional'],
    ['PT', 'exam', 'cross-sectional'],
    ['US', 'exam', 'projection'],
    ['XA', 'exam', 'projection'],
    ['', 'exam', 'projection'],
  ])('reads "%s" by %s, as %s', (modality, unit, modalityClass) => {
    expect([reviewUnitOf(modality), modalityClassOf(modality)]).toEqual([unit, modalityClass]);
  });
});
