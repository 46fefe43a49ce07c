import { describe, expect, it } from 'vitest';
import { derivePosition } from './derive-position.ts';
import { parts } from './part.ts';
import { positionLibrary, positionOf } from './position-library.ts';
import { regions } from './position.ts';
import { viewsOfViewCode } from './view.ts';

describe('the position library', () => {
  // Rows of the seed list, counted by hand.
  it.each([
    ['HD', 11],
    ['NK', 5],
    ['CH', 10],
    ['AB', 3],
    ['SP', 8],
    ['PV', 5],
    ['UL', 13],
    ['LL', 11],
    ['BR', 2],
  ])('has every row of %s', (prefix, count) => {
    const rows = new Set(positionLibrary.map((position) => position.row).filter((row) => row.startsWith(prefix)));
    const expected = Array.from({ length: count }, (_, index) => `${prefix}${String(index + 1).padStart(2, '0')}`);
    expect([...rows].sort()).toEqual(expected);
  });

  it('has 68 rows and gives no code twice', () => {
    expect(new Set(positionLibrary.map((position) => position.row)).size).toBe(68);
    expect(new Set(positionLibrary.map((position) => position.code)).size).toBe(positionLibrary.length);
  });

  it('has two positions for a row with two views', () => {
    const rows = positionLibrary.filter((position) => position.code !== position.row).map((position) => position.code);
    expect(rows.join(' ')).toBe(
      'CH05R CH05L CH09L CH09O SP07A SP07L SP08A SP08L PV05A PV05O UL06A UL06L LL01A LL01L LL05A LL05L LL10L LL10A',
    );
  });

  it.each(positionLibrary.map((position) => [position.code, position] as const))(
    '%s says in both languages what must be seen, and where that comes from',
    (_, position) => {
      for (const text of [position.name, position.coverage, position.positioning, position.visible]) {
        expect(text.zh).toMatch(/\p{Script=Han}|^Y/u);
        expect(text.en).not.toMatch(/\p{Script=Han}/u);
        expect(text.en).not.toBe('');
      }
      expect(position.source).toMatch(/^(S\d\d|GKU)(, (S\d\d|GKU))*$/);
      expect(position.verified).toBe(!position.source.includes('GKU'));
      expect(regions[position.region]).toBeDefined();
      expect(parts[position.part].bodyPartTerms.length).toBeGreaterThan(0);
    },
  );

  it.each(positionLibrary.map((position) => [position.code, position] as const))(
    '%s is found again from its own Chinese name',
    (code, position) => {
      const facts = {
        modality: position.part === 'breast' ? 'MG' : 'DX',
        viewPosition: '',
        viewCodes: [],
        bodyPartExamined: '',
        imageLaterality: '',
        protocolName: position.name.zh,
        studyDescription: '',
        seriesDescription: '',
      };
      expect(derivePosition(facts).positionCode).toBe(code);
    },
  );

  it('knows its view codes by the view they stand for', () => {
    const named = positionLibrary.filter((position) => !['399272005', '399255003'].includes(position.viewCode));
    // A cross-table hip is coded axial and called lateral.
    for (const position of named.filter(({ code }) => code !== 'PV04')) {
      expect(viewsOfViewCode(position.viewCode), position.code).toContain(position.view);
    }
  });

  it('answers null for a code it does not have', () => {
    expect(positionOf('XX99')).toBeNull();
    expect(positionOf('CH01')?.name.zh).toBe('胸部后前位');
  });
});
