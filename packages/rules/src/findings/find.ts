import type { HeaderCheck } from '../annotation/header-check.ts';
import type { LocalText } from '../local-text.ts';
import type { Evidence, Finding } from '../metrics/finding.ts';
import type { Measurement } from '../metrics/measurement.ts';
import { type Baseline, baselineLimit } from './baseline.ts';
import type { CheckRule, FindingRule, LimitRule } from './finding-rule.ts';

/** What hints are made of. */
export interface Findable {
  readonly modality: string;
  readonly measurements: readonly Measurement[];
  readonly checks: readonly HeaderCheck[];
  /** The device's own baseline of a metric for this position; null before there are enough films. */
  readonly baselineOf?: (metric: string, where: string | undefined) => Baseline | null;
  /** The patient's size in the unit the baselines were made with. */
  readonly size?: number;
  /** Limits that the hospital set in place of the published ones, by rule. */
  readonly limits?: Readonly<Record<string, number>>;
}

/** The hints of one film: the header's checks first, then the figures. One metric speaks once, through its farthest rule. */
export const findingsOf = (film: Findable, rules: readonly FindingRule[]): Finding[] => {
  const spoken = new Set<string>();
  const findings: Finding[] = [];
  for (const rule of rules) {
    if (rule.kind === 'check') {
      for (const check of film.checks) if (check.check === rule.check) findings.push(ofCheck(rule, check));
      continue;
    }
    for (const measurement of film.measurements) {
      const finding = ofMeasurement(rule, measurement, film);
      const subject = `${rule.metric} ${measurement.where ?? ''} ${rule.side}`;
      if (finding === null || spoken.has(subject)) continue;
      spoken.add(subject);
      findings.push(finding);
    }
  }
  return findings;
};

const ofCheck = (rule: CheckRule, { keyword, value, expected, unit, place }: HeaderCheck): Finding => ({
  ...headOf(rule, { keyword, value, expected, limit: expected, unit }),
  evidence: {
    metric: keyword,
    ...(value === undefined ? {} : { value: typeof value === 'number' ? shortened(value) : value }),
    ...(unit === undefined ? {} : { unit }),
    ...(place === undefined ? {} : { place }),
    ...(typeof expected === 'number' ? { limit: shortened(expected), limitFrom: 'published' as const } : {}),
  },
});

const ofMeasurement = (rule: LimitRule, measurement: Measurement, film: Findable): Finding | null => {
  const { metric, value, unit, where, place } = measurement;
  if (metric !== rule.metric || (rule.where !== undefined && rule.where !== where)) return null;
  if (rule.modalities !== undefined && !rule.modalities.includes(film.modality)) return null;
  const border = borderOf(rule, where, film);
  // The border itself is inside: a figure exactly at it is no hint.
  if (border === null || !(rule.side === 'above' ? value > border.limit : value < border.limit)) return null;
  const evidence: Evidence = {
    metric,
    value,
    unit,
    limit: border.limit,
    limitFrom: border.from,
    ...(place === undefined ? {} : { place }),
  };
  return { ...headOf(rule, { keyword: metric, value, limit: border.limit, unit }), evidence };
};

const borderOf = (
  rule: LimitRule,
  where: string | undefined,
  film: Findable,
): { limit: number; from: 'published' | 'baseline' } | null => {
  const baseline = rule.baselineDeviations === null ? null : (film.baselineOf?.(rule.metric, where) ?? null);
  if (baseline !== null && rule.baselineDeviations !== null)
    return { limit: baselineLimit(baseline, rule.side, rule.baselineDeviations, film.size), from: 'baseline' };
  const limit = film.limits?.[rule.id] ?? rule.limit;
  return limit === null ? null : { limit, from: 'published' };
};

type Words = Readonly<Record<string, number | string | undefined>>;

const headOf = (rule: FindingRule, words: Words): Omit<Finding, 'evidence'> => ({
  rule: rule.id,
  severity: rule.severity,
  message: filled(rule.message, words),
  ...(rule.deduction === undefined ? {} : { deduction: rule.deduction }),
});

const filled = ({ zh, en }: LocalText, words: Words): LocalText => {
  const fill = (text: string): string =>
    text.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
      const word = words[name];
      return typeof word === 'number' ? String(shortened(word)) : (word ?? '');
    });
  return { zh: fill(zh), en: fill(en) };
};

/** Digits of a figure that a sentence shows. */
const shownDigits = 3;

const shortened = (value: number): number =>
  Math.abs(value) >= 10 ** shownDigits ? Math.round(value) : Number(value.toPrecision(shownDigits));
