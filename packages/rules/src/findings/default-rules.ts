import { exposureRules } from './exposure-rules.ts';
import type { FindingRule } from './finding-rule.ts';
import { headerRules } from './header-rules.ts';
import { radiographRules } from '../metrics/radiograph-limits.ts';
import { sliceRules } from './slice-rules.ts';

/** Every rule the product ships with; of two on one metric and side the farther limit stands first. */
export const defaultFindingRules: readonly FindingRule[] = [
  ...headerRules,
  ...exposureRules,
  ...radiographRules,
  ...sliceRules,
];
