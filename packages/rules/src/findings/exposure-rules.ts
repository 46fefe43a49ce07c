import type { LimitRule } from './finding-rule.ts';

/** Action levels of the deviation index: −1 and +1 ask for a look, −3 and +3 for a decision (TG-116) [GKU]. */
const actionLevels = { under: -1, farUnder: -3, over: 1, farOver: 3 } as const;

const rule = (
  id: string,
  side: LimitRule['side'],
  limit: number,
  severity: LimitRule['severity'],
  message: LimitRule['message'],
): LimitRule => ({
  kind: 'limit',
  id,
  version: 1,
  metric: 'deviation-index',
  side,
  limit,
  // The target is the device's own already; TG-232 found clinical spreads that a baseline would only make lawful.
  baselineDeviations: null,
  unit: '1',
  severity,
  message,
  deduction: 'D05',
  source: 'GKU',
  verified: false,
});

/** Hints on the deviation index; of two that apply the farther one speaks. */
export const exposureRules: readonly LimitRule[] = [
  rule('exposure-far-over', 'above', actionLevels.farOver, 'warning', {
    zh: '曝光是目标的两倍以上(偏差指数 {value})',
    en: 'More than twice the target exposure (deviation index {value})',
  }),
  rule('exposure-over', 'above', actionLevels.over, 'notice', {
    zh: '曝光偏高(偏差指数 {value})',
    en: 'Exposure above target (deviation index {value})',
  }),
  rule('exposure-far-under', 'below', actionLevels.farUnder, 'warning', {
    zh: '曝光不到目标的一半(偏差指数 {value})',
    en: 'Less than half the target exposure (deviation index {value})',
  }),
  rule('exposure-under', 'below', actionLevels.under, 'notice', {
    zh: '曝光偏低(偏差指数 {value}),注意噪声',
    en: 'Exposure below target (deviation index {value}): mind the noise',
  }),
];
