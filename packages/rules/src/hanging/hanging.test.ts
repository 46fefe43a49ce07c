import { describe, expect, it } from 'vitest';
import { sources } from '../sources.ts';
import { examChecks } from '../position-sets/cross-sectional-checks.ts';
import { hangingProtocols } from './hanging-protocol.ts';
import { layoutsFor, type HangingFacts, type HangingPicture } from './hang-pictures.ts';
import { readingWindows } from './reading-windows.ts';

const picture = (sopInstanceUid: string, positionCode: string | null, more: Partial<HangingPicture> = {}) => ({
  ...{ sopInstanceUid, positionCode, laterality: null, rowDirection: null },
  ...more,
});
const radiographs = (modality: string, own: HangingPicture, ...others: HangingPicture[]): HangingFacts => ({
  ...{ modality, description: '', own, others, series: [{ seriesInstanceUid: 's', count: 1 }] },
});
const stacks = (modality: string, description: string, ...counts: number[]): HangingFacts => ({
  ...{ modality, description, own: null, others: [] },
  series: counts.map((count, index) => ({ seriesInstanceUid: `s${index}`, count })),
});
const codes = (facts: HangingFacts): string[] => layoutsFor(facts).map(({ code }) => code);
const hung = (facts: HangingFacts, code: string) =>
  layoutsFor(facts)
    .find((layout) => layout.code === code)
    ?.places.map(({ sopInstanceUid }) => sopInstanceUid);

describe('the table of layouts', () => {
  it('has no code twice, places for its pictures, and a source for every row', () => {
    expect(new Set(hangingProtocols.map(({ code }) => code)).size).toBe(hangingProtocols.length);
    for (const { rows, columns, hanging } of hangingProtocols) {
      const places =
        hanging.kind === 'radiographs'
          ? hanging.places.length
          : hanging.kind === 'windows'
            ? hanging.windows.length
            : 1;
      expect(places).toBeLessThanOrEqual(rows * columns);
    }
    const rows = [...hangingProtocols, ...Object.values(readingWindows)];
    for (const { source, verified } of rows) {
      expect(source.split(', ').filter((key) => sources[key] === undefined)).toEqual([]);
      expect(verified && /GKU|PD/.test(source)).toBe(false);
    }
  });
  it('names only check-lists that there are', () => {
    const known = new Set(examChecks.map(({ code }) => code));
    expect(hangingProtocols.flatMap(({ checks }) => checks ?? []).filter((code) => !known.has(code))).toEqual([]);
  });
});

describe('radiographs', () => {
  it('hang PA left and lateral right, whichever of the two is graded', () => {
    const [pa, lateral] = [picture('pa', 'CH01'), picture('lat', 'CH02')];
    expect(hung(radiographs('DX', pa, lateral), 'frontal-lateral')).toEqual(['pa', 'lat']);
    expect(hung(radiographs('CR', lateral, pa), 'frontal-lateral')).toEqual(['pa', 'lat']);
  });
  it('hang alone when the exam has no other view, another part, or the other side only', () => {
    expect(codes(radiographs('DX', picture('pa', 'CH01')))).toEqual(['single']);
    expect(codes(radiographs('DX', picture('pa', 'CH01'), picture('knee', 'LL03')))).toEqual(['single', 'double']);
    const knee = picture('right', 'LL02', { laterality: 'R' });
    expect(codes(radiographs('DX', knee, picture('left', 'LL03', { laterality: 'L' })))).toEqual(['single', 'double']);
  });
  it('of a limb hang in pairs, the right one on the left of the screen', () => {
    const [right, left] = [picture('r', 'LL02', { laterality: 'R' }), picture('l', 'LL02', { laterality: 'L' })];
    expect(codes(radiographs('DX', left, right))[0]).toBe('limb-pair');
    expect(hung(radiographs('DX', left, right), 'limb-pair')).toEqual(['r', 'l']);
  });
  it('without a known position hang alone', () => {
    expect(codes(radiographs('DX', picture('a', null), picture('b', 'CH01')))).toEqual(['single', 'double']);
  });
  it('of the breasts hang four mirrored, chest walls back to back, with a gap where one is missing', () => {
    const of = (uid: string, code: string, laterality: string, rowDirection: string | null) =>
      picture(uid, code, { laterality, rowDirection });
    const facts = radiographs(
      'MG',
      of('lmlo', 'BR02', 'L', 'A'),
      ...[of('rcc', 'BR01', 'R', 'P'), of('lcc', 'BR01', 'L', 'P')],
    );
    expect(hung(facts, 'mammography-four')).toEqual(['rcc', 'lcc', null, 'lmlo']);
    // A left picture whose rows end at the chest wall is turned round; one whose rows begin there is right already.
    expect(layoutsFor(facts)[0]?.places.map(({ isFlipped }) => isFlipped)).toEqual([false, true, false, false]);
  });
});

describe('stacks', () => {
  it.each([
    ['头颅平扫', 'ct-head', ['brain', 'subdural', 'bone']],
    ['CHEST', 'ct-chest', ['lung', 'soft-tissue', 'bone']],
    ['上腹部增强', 'ct-abdomen', ['soft-tissue', 'liver', 'bone']],
    ['unknown', 'ct-three', ['soft-tissue', 'lung', 'bone']],
  ])('of a CT %s open in the windows of its region, one slice in all of them', (description, code, windows) => {
    const [first] = layoutsFor(stacks('CT', description, 40));
    expect(first).toMatchObject({ code, isLinked: true });
    expect(first?.places.map(({ window }) => window)).toEqual(windows);
  });
  it('of an MR open as a contact sheet, as square as their number', () => {
    expect(layoutsFor(stacks('MR', 'head', 20, 20, 20, 20, 20))[0]).toMatchObject({
      ...{ code: 'contact-sheet', rows: 2, columns: 3 },
    });
    expect(layoutsFor(stacks('MR', 'head', ...Array.from({ length: 14 }, () => 5)))[0]?.places).toHaveLength(12);
  });
  it('of one series have no contact sheet', () => {
    expect(codes(stacks('MR', 'head', 20))).toEqual(['single', 'double']);
    expect(codes(stacks('MR', 'head', 1))).toEqual(['single']);
  });
});
