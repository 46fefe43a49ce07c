import type { ComplianceView } from '@jiapian/contract';
import { classNames, parameterColumnOf, type ParameterKind, positionOf, type ScanPhase } from '@jiapian/rules';

export type PrintLocale = 'zh-CN' | 'en';

const languageOf = (locale: PrintLocale): 'zh' | 'en' => (locale === 'en' ? 'en' : 'zh');

export const phaseNames: Readonly<Record<ScanPhase, Record<PrintLocale, string>>> = {
  plain: { 'zh-CN': '平扫', en: 'Plain' },
  arterial: { 'zh-CN': '动脉期', en: 'Arterial' },
  venous: { 'zh-CN': '静脉期', en: 'Venous' },
  delayed: { 'zh-CN': '延迟期', en: 'Delayed' },
  contrast: { 'zh-CN': '增强', en: 'Contrast' },
};

export const stateNames: Readonly<Record<ComplianceView['columns'][number]['state'], Record<PrintLocale, string>>> = {
  within: { 'zh-CN': '相符', en: 'fits' },
  above: { 'zh-CN': '偏高', en: 'above' },
  below: { 'zh-CN': '偏低', en: 'below' },
  differs: { 'zh-CN': '不同', en: 'differs' },
  'not-judged': { 'zh-CN': '未判定', en: 'not judged' },
};

export const reasonNames: Readonly<Record<string, Record<PrintLocale, string>>> = {
  'position-unknown': { 'zh-CN': '体位或方案未知', en: 'position or protocol unknown' },
  'no-row': { 'zh-CN': '表中没有此体位或方案', en: 'no row for this position or protocol' },
  'phase-unknown': { 'zh-CN': '期相未知', en: 'phase unknown' },
  'no-row-for-phase': { 'zh-CN': '表中没有此期相', en: 'no row for this phase' },
  'age-unknown': { 'zh-CN': '年龄未知', en: 'age unknown' },
  'no-row-for-age': { 'zh-CN': '表中没有此年龄段', en: 'no row for this age' },
  'size-unknown': { 'zh-CN': '身高或体重未知', en: 'height or weight unknown' },
  'no-row-for-size': { 'zh-CN': '表中没有此体型', en: 'no row for this body size' },
  'weight-unknown': { 'zh-CN': '体重未知', en: 'weight unknown' },
  'header-silent': { 'zh-CN': '图像头未写', en: 'the header does not say' },
};

export const subjectName = (subject: string, locale: PrintLocale): string =>
  positionOf(subject)?.name[languageOf(locale)] ?? subject;

export const className = (code: string, locale: PrintLocale): string =>
  classNames[code as keyof typeof classNames]?.[languageOf(locale)] ?? code;

export const columnName = (kind: ParameterKind, key: string, locale: PrintLocale): string => {
  const column = parameterColumnOf(kind, key);
  if (column === undefined) return key;
  return column.unit === '' ? column.name[languageOf(locale)] : `${column.name[languageOf(locale)]} ${column.unit}`;
};

/** Likely effect of a deviation, as the column has it. */
export const effectOf = (
  kind: ParameterKind,
  { column, state }: ComplianceView['columns'][number],
  locale: PrintLocale,
): string => {
  const known = parameterColumnOf(kind, column);
  if (known === undefined || state === 'within' || state === 'not-judged') return '';
  return (state === 'below' ? known.below : known.above)[languageOf(locale)];
};

/** Three significant digits: more than a console sets. */
const digitsShown = 3;
export const figureWords = (value: number | string): string =>
  typeof value === 'string' ? value : String(Number(value.toPrecision(digitsShown)));

/** A word of a header as people read it: `NONE` stands for a thing that is not there. */
export const wordOf = (text: string, locale: PrintLocale): string =>
  text === 'NONE' ? (locale === 'en' ? 'none' : '无') : text;
