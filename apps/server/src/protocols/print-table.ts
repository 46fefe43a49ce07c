import { AppError } from '@jiapian/kernel';
import { parameterColumns, type ParameterCell, type ParameterRow, type ParameterTable } from '@jiapian/rules';
import type { AuditActor } from '../audit/index.ts';
import type { PdfBlock, PdfDocument } from '../bulletins/index.ts';
import type { UnitOfWork } from '../platform/database.ts';
import { requireTable } from './change-draft.ts';
import { signaturesOf } from './describe-tables.ts';
import { findHospital } from './devices.repository.ts';
import { enter } from './enter.ts';
import {
  className,
  columnName,
  figureWords,
  phaseNames,
  type PrintLocale,
  subjectName,
  wordOf,
} from './protocol-words.ts';
import { requireDevice } from './require-device.ts';
import { findSignatures, type TableRow } from './tables.repository.ts';

/** Columns of values that fit beside the row's name on a sheet lying down. */
const columnsOfSheet = 7;

const words = {
  'zh-CN': {
    title: (device: string) => `检查参数表 · ${device}`,
    version: (version: number, state: string) => `第 ${version} 版 · ${state}`,
    states: {
      draft: '草稿,未签署',
      'owner-signed': '设备负责人已签,待组长签署',
      'leader-signed': '组长已签,待设备负责人签署',
      'in-force': '现行',
      superseded: '已被新版代替',
      dropped: '已作废',
    },
    facts: ['医院', '设备', '启用年份', '依据', '生效', '说明'],
    drafted: (films: number, from: string, to: string) => `本机 ${films} 张甲、乙级片(${from} 至 ${to})的中位数与离散`,
    roles: { owner: '设备负责人', leader: '技术组长' },
    row: '体位或方案 · 年龄 · 体型',
    signed: '签署',
    range:
      '括号内为允许范围(含两端)。标 ↗ 的值按患者体型换算:表中为该行所列等效直径(cm)时的值,每增 1 cm 乘以所列倍数。',
    notes: '备注',
    date: '日期',
    bySize: (diameter: string, factor: string) => `↗ ${diameter} cm, ×${factor}/cm`,
    remark: '换算系数为一般知识,未核实;数值以签署的为准。',
  },
  en: {
    title: (device: string) => `Exam parameter table · ${device}`,
    version: (version: number, state: string) => `Version ${version} · ${state}`,
    states: {
      draft: 'draft, not signed',
      'owner-signed': 'signed by the owner, not yet by the leader',
      'leader-signed': 'signed by the leader, not yet by the owner',
      'in-force': 'in force',
      superseded: 'superseded by a newer version',
      dropped: 'dropped',
    },
    facts: ['Hospital', 'Device', 'In use since', 'Drafted from', 'In force', 'Note'],
    drafted: (films: number, from: string, to: string) =>
      `${films} films of this device graded A or B (${from} to ${to}), medians and spread`,
    roles: { owner: 'Device owner', leader: 'Technical leader' },
    row: 'Position or protocol · age · size',
    signed: 'Signed',
    range:
      'Allowed range in brackets, both ends inside. Values marked ↗ follow the size of the patient: as printed for the equivalent diameter given in cm, times the factor given for each cm more.',
    notes: 'Notes',
    date: 'Date',
    bySize: (diameter: string, factor: string) => `↗ ${diameter} cm, ×${factor}/cm`,
    remark: 'Factors of size are general knowledge, unverified; what was signed counts.',
  },
} as const;

/** A version as a sheet for the console, with who signed it and when. */
export const printTable = async (
  unit: UnitOfWork,
  by: AuditActor,
  { tableId, locale, at }: { tableId: string; locale: PrintLocale; at: Date },
): Promise<{ document: PdfDocument; version: number }> => {
  const table = await requireTable(unit, tableId);
  if (table.state === 'dropped') throw new AppError('PROTOCOLS_TABLE_NOT_FOUND', { tableId });
  const hospital = await findHospital(unit);
  const { name: deviceName } = await requireDevice(unit, table.device_id);
  const signatures = signaturesOf(table, await findSignatures(unit, [tableId]));
  await enter(unit, by, 'printed', tableId, { version: table.version, locale });
  const say = words[locale];
  const hospitalName = locale === 'en' && hospital.nameEn !== '' ? hospital.nameEn : hospital.name;
  const momentOf = (moment: Date | string): string =>
    new Intl.DateTimeFormat('sv-SE', { timeZone: hospital.timeZone, dateStyle: 'short', timeStyle: 'short' }).format(
      new Date(moment),
    );
  const content = table.content as ParameterTable;
  const values = [
    hospitalName,
    deviceName,
    String(content.deviceSinceYear ?? ''),
    draftedWords(table, locale, momentOf),
    table.in_force_at === null ? '' : momentOf(table.in_force_at),
    table.note,
  ];
  const document: PdfDocument = {
    locale,
    title: say.title(deviceName),
    subtitle: say.version(table.version, say.states[table.state]),
    isLandscape: true,
    foot: `${hospitalName} · ${say.title(deviceName)} · v${table.version}`,
    madeAt: at,
    blocks: [
      {
        kind: 'facts',
        rows: say.facts.flatMap((name, index): [string, string][] => (values[index] ? [[name, values[index]]] : [])),
      },
      { kind: 'text', text: say.range, isRemark: true },
      ...tableBlocks(content, locale),
      { kind: 'heading', text: say.signed },
      ...(signatures.length > 0
        ? [
            {
              kind: 'facts',
              rows: signatures.map(
                ({ role, signerName, signedAt }) => [say.roles[role], `${signerName}  ${momentOf(signedAt)}`] as const,
              ),
            } satisfies PdfBlock,
          ]
        : []),
      ...(signatures.length < 2
        ? [
            {
              kind: 'signatures',
              roles: (['owner', 'leader'] as const)
                .filter((role) => !signatures.some((one) => one.role === role))
                .map((role) => say.roles[role]),
              dateWord: say.date,
            } satisfies PdfBlock,
          ]
        : []),
      { kind: 'text', text: say.remark, isRemark: true },
    ],
  };
  return { document, version: table.version };
};

const draftedWords = (table: TableRow, locale: PrintLocale, momentOf: (moment: Date) => string): string => {
  const { drafted_from_first: first, drafted_from_last: last } = table;
  if (first === null || last === null) return '';
  const day = (moment: Date): string => momentOf(moment).slice(0, 'yyyy-mm-dd'.length);
  return words[locale].drafted(table.drafted_from_films, day(first), day(last));
};

const tableBlocks = ({ kind, rows }: ParameterTable, locale: PrintLocale): PdfBlock[] => {
  const say = words[locale];
  const used = parameterColumns[kind].filter(({ key }) => rows.some((row) => row.cells[key] !== undefined));
  const sheets = Array.from({ length: Math.ceil(used.length / columnsOfSheet) }, (_, sheet) =>
    used.slice(sheet * columnsOfSheet, (sheet + 1) * columnsOfSheet),
  );
  const noted = rows.filter(({ note }) => note !== '');
  return [
    ...sheets.map((columns): PdfBlock => ({
      kind: 'table',
      titles: [say.row, ...columns.map(({ key }) => columnName(kind, key, locale))],
      rows: rows.map((row) => [rowWords(row, locale), ...columns.map(({ key }) => cellWords(row.cells[key], locale))]),
      widths: [150, ...columns.map(() => '*' as const)],
    })),
    ...(noted.length > 0
      ? ([
          { kind: 'heading', text: say.notes },
          { kind: 'list', items: noted.map((row) => `${rowWords(row, locale)}: ${row.note}`) },
        ] satisfies PdfBlock[])
      : []),
  ];
};

const rowWords = (row: ParameterRow, locale: PrintLocale): string =>
  [
    subjectName(row.subject, locale),
    row.phase === null ? '' : phaseNames[row.phase][locale],
    className(row.ageClass, locale),
    className(row.sizeClass, locale),
  ]
    .filter((part) => part !== '')
    .join(' · ');

/** Digits of the factor per cm: 1.08 and 1.09 are not the same. */
const factorDigits = 2;

const cellWords = (cell: ParameterCell | undefined, locale: PrintLocale): string => {
  if (cell === undefined) return '';
  if (cell.kind === 'text') return wordOf(cell.text, locale);
  const range = `${figureWords(cell.value)} (${figureWords(cell.low)}–${figureWords(cell.high)})`;
  if (cell.bySize === undefined) return range;
  const { diameterCm, slopePerCm } = cell.bySize;
  return `${range} ${words[locale].bySize(figureWords(diameterCm), Math.exp(slopePerCm).toFixed(factorDigits))}`;
};
