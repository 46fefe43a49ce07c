import { positionLibrary } from '@jiapian/rules';
import { expect, it } from 'vitest';
import { shownPositions } from './shown-positions.ts';

const own = (code: string) => ({
  content: {
    code,
    name: { zh: '本院体位', en: 'Own position' },
    region: 'chest' as const,
    coverage: { zh: '', en: '' },
    positioning: { zh: '', en: '' },
    visible: { zh: '', en: '' },
    source: '本院',
  },
  isVerified: true,
  version: 3,
  changedAt: '2026-11-24T08:00:00Z',
  changedByName: null,
});

it('shows a hospital’s own words in the place of the library’s, and its new positions after them', () => {
  const shown = shownPositions([own('CH01'), own('X01')]);
  expect(shown).toHaveLength(positionLibrary.length + 1);
  expect(shown.find(({ code }) => code === 'CH01')).toMatchObject({
    name: { zh: '本院体位' },
    verified: true,
    ownVersion: 3,
  });
  expect(shown.at(-1)).toMatchObject({ code: 'X01', codes: 'X01' });
  expect(shown.find(({ code }) => code === 'CH02')).toMatchObject({ ownVersion: null });
});
