import type { TFunction } from 'i18next';

/** Digits of a figure that a screen shows. */
const shownDigits = 3;

/** A figure as people read it: three digits, a real minus. */
export const shortFigure = (value: number): string => {
  const short = Math.abs(value) >= 10 ** shownDigits ? Math.round(value) : Number(value.toPrecision(shownDigits));
  return String(short).replace('-', '−');
};

/** Symbols that need no words; `1` is a ratio and shows nothing. */
const symbols: Readonly<Record<string, string>> = {
  '1': '',
  deg: '°',
  'mGy.cm': 'mGy·cm',
  '{stored}': '',
  '{line}': '',
  '{pixel}': 'px',
};

export const unitWords = (unit: string): string => symbols[unit] ?? unit;

/** Name of a metric and its part; one without words of its own keeps its name. */
export const metricWords = (t: TFunction<'analysis'>, metric: string, where: string | null): string => {
  const name = t(`metric.${metric}`, { defaultValue: metric });
  return where === null || where === '' ? name : `${name} · ${t(`where.${where}`, { defaultValue: where })}`;
};

/** Why a figure is missing; a reason without words of its own is shown as it is. */
export const reasonWords = (t: TFunction<'analysis'>, reason: string): string =>
  t(`reason.${reason}`, { defaultValue: t('figures.notMeasured', { reason }) });
