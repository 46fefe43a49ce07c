import { DAY_MS } from '@jiapian/kernel';
import { ruleAgreementOf } from '@jiapian/rules';
import type { UnitOfWork } from '../platform/database.ts';
import { countRuleOutcomes, findSilencedRules, insertSilence, isSilenced } from './rule-state.repository.ts';

/** Answers older than this no longer speak for or against a rule [PD]. */
export const answersCountForMs = 90 * DAY_MS;

/** Silences every rule that readers keep rejecting, once; answers which. */
export const judgeRules = async (unit: UnitOfWork, now: Date): Promise<string[]> => {
  const silenced = await findSilencedRules(unit);
  const judged: string[] = [];
  for (const row of await countRuleOutcomes(unit, new Date(now.getTime() - answersCountForMs))) {
    const agreement = ruleAgreementOf(row);
    if (!agreement.isSilenced || isSilenced(silenced, row.rule, row.ruleVersion)) continue;
    const { rule, ruleVersion, agreed, rejected } = row;
    await insertSilence(unit, { rule, ruleVersion, act: 'silenced', agreed, rejected, accountId: null, at: now });
    judged.push(rule);
  }
  return judged;
};
