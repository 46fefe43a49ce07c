import type { Severity } from '../metrics/finding.ts';
import type { LimitRule } from './finding-rule.ts';

/** One limit as the rule files write it. */
export interface LimitRow {
  readonly id: string;
  readonly metric: string;
  readonly where?: string;
  readonly side: 'above' | 'below';
  /** Published default; null: only the device's own baseline speaks. */
  readonly limit: number | null;
  /** Robust deviations from the device's own median; null: no baseline moves the limit. */
  readonly deviations: number | null;
  readonly unit: string;
  readonly severity: Severity;
  readonly deduction: string;
  readonly source: string;
  readonly zh: string;
  readonly en: string;
}

/** Rules of rows: none is verified, as every limit is a product default or general knowledge until somebody looks it up. */
export const limitRules = (rows: readonly LimitRow[], modalities: readonly string[]): LimitRule[] =>
  rows.map(({ where, zh, en, deviations, ...row }) => ({
    ...row,
    kind: 'limit',
    version: 1,
    ...(where === undefined ? {} : { where }),
    modalities,
    baselineDeviations: deviations,
    message: { zh, en },
    verified: false,
  }));

/** Robust deviations beyond which a film is unlike the device's others: one in 370 by chance alone [PD]. */
export const unlikeOthers = 3;
