import { describe, expect, it } from 'vitest';
import { sources } from '../sources.ts';
import { positionLibrary } from '../positions/position-library.ts';
import { checksFor, examChecks } from './cross-sectional-checks.ts';
import { europeanCriteria } from './european-criteria.ts';
import { europeanCtCriteria, europeanCtExamsFor } from './european-ct-criteria.ts';
import { fiveBlocks } from './five-blocks.ts';
import { positionColumns, readPositionRows } from './position-rows.ts';
import { positionSets } from './position-set.ts';

const known = new Set(positionLibrary.map(({ code }) => code));
const hints = [
  ...Object.values(fiveBlocks),
  ...Object.values(europeanCriteria),
  ...examChecks.map((c) => c.hints),
  ...europeanCtCriteria.exams.map((exam) => exam.hints),
].flat();

describe('the shipped data', () => {
  it('names only positions of the library', () => {
    const named = [
      ...positionSets.flatMap(({ members }) => members),
      ...Object.keys({ ...fiveBlocks, ...europeanCriteria }),
    ];
    expect(named.filter((code) => !known.has(code))).toEqual([]);
  });

  it('has the seven positions as four parts, unconfirmed, and the other two sets empty', () => {
    expect(positionSets.map(({ members, isConfirmed }) => [members.length, isConfirmed])).toEqual([
      [7, false],
      [0, false],
      [0, false],
    ]);
    expect(Object.keys(fiveBlocks).sort()).toEqual([...(positionSets[0]?.members ?? [])].sort());
  });

  it('says of each hint where it is from, and calls none verified that is general knowledge', () => {
    const keys = new Set(hints.flatMap(({ source }) => source.split(', ')));
    expect([...keys].filter((key) => sources[key] === undefined)).toEqual([]);
    expect(hints.filter(({ source, verified }) => verified && /GKU|PD/.test(source))).toEqual([]);
    expect(hints.filter(({ text }) => text.zh === '' || text.en === '')).toEqual([]);
  });

  it.each([
    ['CT', '颅脑平扫', ['CT_HEAD']],
    ['MR', 'BRAIN', ['MR_HEAD', 'MR_ALL']],
    ['DX', '胸部', []],
  ])('a %s of %s is read with %j', (modality, description, codes) => {
    expect(checksFor(modality, description).map(({ code }) => code)).toEqual(codes);
  });

  // The dose references of the table in EUR 16262 as the pages give them: CTDIw in mGy, DLP in mGy·cm.
  it.each([
    ['EUR_CT_HEAD', '60', '1050'],
    ['EUR_CT_VERTEBRAL', '70', '460'],
    ['EUR_CT_CHEST', '30', '650'],
    ['EUR_CT_HRCT', '35', '280'],
    ['EUR_CT_ABDOMEN', '35', '800'],
    ['EUR_CT_LIVER_SPLEEN', '35', '900'],
  ])('%s refers to CTDIw %s and DLP %s', (code, ctdi, dlp) => {
    const exam = europeanCtCriteria.exams.find((each) => each.code === code);
    const dose = exam?.hints.filter(({ kind }) => kind === 'dose') ?? [];
    expect(dose.map(({ text }) => text.en.replace(' (trauma)', ''))).toEqual([`CTDIw ${ctdi} mGy; DLP ${dlp} mGy·cm`]);
  });

  it('has the nine exams of the document, no code twice, and no dose where none was found', () => {
    const { exams, version } = europeanCtCriteria;
    expect([exams.length, new Set(exams.map(({ code }) => code)).size, version]).toEqual([9, 9, 1]);
    const without = exams.filter(({ hints: own }) => own.every(({ kind }) => kind !== 'dose')).map(({ code }) => code);
    expect(without).toEqual(['EUR_CT_PETROUS', 'EUR_CT_MEDIASTINAL_VESSELS', 'EUR_CT_KIDNEYS']);
  });

  it.each([
    ['CT', '胸部HRCT', ['EUR_CT_CHEST', 'EUR_CT_HRCT']],
    ['CT', '胸椎平扫', ['EUR_CT_VERTEBRAL']],
    ['CT', '颅脑平扫', ['EUR_CT_HEAD']],
    ['CT', '肾脏增强', ['EUR_CT_KIDNEYS']],
    ['MR', '颅脑平扫', []],
  ])('a %s of %s is held against %j', (modality, description, codes) => {
    expect(europeanCtExamsFor(modality, description).map(({ code }) => code)).toEqual(codes);
  });
});

const head = [...positionColumns];
const row = (change: Partial<Record<(typeof positionColumns)[number], string>> = {}) => {
  const cells: Record<string, string> = {
    code: 'X01',
    name_zh: '足负重位',
    name_en: 'Foot weight-bearing',
    region: 'lower-limb',
    coverage_zh: '全足',
    coverage_en: 'Whole foot',
    positioning_zh: '',
    positioning_en: '',
    visible_zh: '足弓',
    visible_en: 'Arch',
    source: '本院',
    ...change,
  };
  return head.map((column) => cells[column] ?? '');
};
const problemsOf = (...body: string[][]) => {
  const outcome = readPositionRows([head, ...body]);
  return 'file' in outcome ? outcome.file.reason : outcome.rows.map(({ line, problems }) => [line, ...problems]);
};

describe('a file of positions', () => {
  it('is read with its columns in any order', () => {
    const outcome = readPositionRows([head.toReversed(), row().toReversed()]);
    expect(outcome).toMatchObject({
      rows: [{ line: 2, code: 'X01', problems: [], position: { region: 'lower-limb' } }],
    });
  });

  it.each([
    ['a column is missing', [head.slice(1), row().slice(1)], { reason: 'columns-missing', columns: ['code'] }],
    ['a column is unknown', [[...head, 'kv'], row()], { reason: 'columns-unknown', columns: ['kv'] }],
    ['a row would refer to another', [[...head, 'like'], row()], { reason: 'columns-unknown', columns: ['like'] }],
    ['a column stands twice', [[...head, 'code'], row()], { reason: 'column-twice', columns: ['code'] }],
    ['it has no rows', [head], { reason: 'no-rows', columns: [] }],
    ['it has 501 rows', [head, ...Array.from({ length: 501 }, () => row())], { reason: 'too-many-rows', columns: [] }],
  ])('is refused as a whole when %s', (_name, table, file) => {
    expect(readPositionRows(table)).toEqual({ file });
  });

  it('has each problem named by row and column, and the sound rows kept', () => {
    expect(
      problemsOf(
        row(),
        row({ code: 'X01' }),
        row({ code: 'X02', name_en: '' }),
        row({ code: 'X03', visible_zh: '=1+1' }),
        row({ code: 'X 4' }),
        row({ code: 'X05', region: 'tail' }),
        row({ code: '' }),
        row({ code: 'X06', coverage_en: 'x'.repeat(1001) }),
      ),
    ).toEqual([
      [2],
      [3, { column: 'code', reason: 'duplicate' }],
      [4, { column: 'name_en', reason: 'translation-missing' }],
      [5, { column: 'visible_zh', reason: 'formula' }],
      [6, { column: 'code', reason: 'code-form' }],
      [7, { column: 'region', reason: 'region-unknown' }],
      [8, { column: 'code', reason: 'blank' }],
      [9, { column: 'coverage_en', reason: 'too-long' }],
    ]);
  });
});
