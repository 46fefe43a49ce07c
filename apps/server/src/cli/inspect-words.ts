import type { DoseReport } from '@jiapian/dicom';
import type { CommandLocale } from './command-locale.ts';
import type { InspectEntry } from './inspect-entry.ts';

const words = {
  'zh-CN': {
    error: '无法读取',
    dose: '剂量',
    events: '次照射',
    rejected: '弃用',
    notMeasured: '未测',
    none: '没有提示',
    severity: { info: '说明', notice: '提示', warning: '注意' },
  },
  en: {
    error: 'unreadable',
    dose: 'dose',
    events: 'events',
    rejected: 'rejected',
    notMeasured: 'not measured',
    none: 'no hints',
    severity: { info: 'info', notice: 'notice', warning: 'warning' },
  },
};

/** An entry as lines for people; patient data is left to `--json`. */
export const linesOf = (entry: InspectEntry, locale: CommandLocale): string[] => {
  const say = words[locale];
  if (entry.error !== undefined) return [entry.file, `  ${say.error}: ${entry.error.code}: ${entry.error.message}`];
  const { facts, measurements, notMeasured, findings, dose } = entry;
  const size = facts.rows === undefined ? '' : `${facts.columns}×${facts.rows}`;
  const head = [
    entry.modality,
    facts.bodyPartExamined,
    facts.viewPosition,
    facts.imageLaterality ?? facts.laterality,
    size,
  ];
  const named = [facts.manufacturer, facts.manufacturerModelName, facts.stationName];
  return [
    `${entry.file}`,
    `  ${present(head)} | ${present(named)}`,
    ...(dose === null ? [] : doseLines(dose, locale)),
    ...measurements.map(({ metric, where, value, unit, method, version }) => {
      const name = where === undefined ? metric : `${metric} (${where})`;
      return `  ${name} = ${shown(value)}${unit === '1' ? '' : ` ${unit}`}  [${method} v${version}]`;
    }),
    ...notMeasured.map(({ metric, reason }) => `  ${say.notMeasured}: ${metric}: ${reason}`),
    ...findings.map(
      ({ severity, message, deduction }) =>
        `  ? ${say.severity[severity]}: ${locale === 'en' ? message.en : message.zh}${deduction === undefined ? '' : ` (${deduction})`}`,
    ),
    ...(findings.length === 0 ? [`  ${say.none}`] : []),
  ];
};

const present = (values: readonly (string | null | undefined)[]): string =>
  values.filter((value) => value !== undefined && value !== null && value !== '').join(' ');

/** Digits of a figure on a terminal. */
const shownDigits = 5;

const shown = (value: number): string => String(Number(value.toPrecision(shownDigits)));

const hiddenNames = new Set(['uid', 'kind', 'rejected', 'repeated', 'pulses', 'plane', 'from']);

const doseLines = ({ source, eventCount, totals, events }: DoseReport, locale: CommandLocale): string[] => {
  const say = words[locale];
  return [
    `  ${say.dose}: ${source}, ${eventCount} ${say.events}; ${figures(totals)}`,
    ...events.map(
      (event, at) => `    ${at + 1} ${event.kind}${event.rejected ? ` [${say.rejected}]` : ''} ${figures(event)}`,
    ),
  ];
};

const figures = (named: object): string =>
  Object.entries(named)
    .filter(([name, value]) => !hiddenNames.has(name) && value !== undefined && typeof value !== 'boolean')
    .map(([name, value]) => `${name} ${typeof value === 'number' ? shown(value) : String(value)}`)
    .join(', ');
