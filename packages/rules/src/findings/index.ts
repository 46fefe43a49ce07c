export * from './baseline.ts';
export { defaultFindingRules } from './default-rules.ts';
export { type Findable, findingsOf } from './find.ts';
export type { CheckRule, FindingRule, LimitRule } from './finding-rule.ts';
export * from './rule-agreement.ts';
