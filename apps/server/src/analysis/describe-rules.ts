import type { RuleRow } from '@jiapian/contract';
import { AppError } from '@jiapian/kernel';
import { defaultFindingRules, type FindingRule, ruleAgreementOf } from '@jiapian/rules';
import type { UnitOfWork } from '../platform/database.ts';
import { answersCountForMs } from './judge-rules.ts';
import { countRuleOutcomes, findSilencedRules, insertSilence, isSilenced } from './rule-state.repository.ts';

/** Every rule with how machine and readers agreed on it lately. */
export const describeRules = async (unit: UnitOfWork, now: Date): Promise<RuleRow[]> => {
  const silenced = await findSilencedRules(unit);
  const outcomes = await countRuleOutcomes(unit, new Date(now.getTime() - answersCountForMs));
  return defaultFindingRules.map((rule) => {
    const counted = outcomes.find((row) => row.rule === rule.id && row.ruleVersion === rule.version);
    const agreement = ruleAgreementOf(counted ?? { agreed: 0, rejected: 0, missed: 0 });
    return {
      ...describeRule(rule),
      spoken: counted?.spoken ?? 0,
      agreed: agreement.agreed,
      rejected: agreement.rejected,
      missed: agreement.missed,
      precision: agreement.precision,
      recall: agreement.recall,
      isSilenced: isSilenced(silenced, rule.id, rule.version),
    };
  });
};

const describeRule = (rule: FindingRule) => ({
  rule: rule.id,
  ruleVersion: rule.version,
  message: rule.message,
  deduction: rule.deduction ?? null,
  severity: rule.severity,
  limit: rule.kind === 'limit' ? rule.limit : null,
  unit: rule.kind === 'limit' ? rule.unit : null,
  hasBaseline: rule.kind === 'limit' && rule.baselineDeviations !== null,
  source: rule.source,
  verified: rule.verified,
});

/** A person gives a silenced rule another chance: what was answered before no longer counts. */
export const liftSilence = async (
  unit: UnitOfWork,
  lifted: { rule: string; accountId: string; now: Date },
): Promise<void> => {
  const rule = defaultFindingRules.find(({ id }) => id === lifted.rule);
  if (rule === undefined || !isSilenced(await findSilencedRules(unit), rule.id, rule.version))
    throw new AppError('ANALYSIS_RULE_NOT_FOUND', { rule: lifted.rule });
  await insertSilence(unit, {
    rule: rule.id,
    ruleVersion: rule.version,
    act: 'lifted',
    agreed: 0,
    rejected: 0,
    accountId: lifted.accountId,
    at: lifted.now,
  });
};
