import { correctionPolicySchema, type CorrectionPolicyValues, type CorrectionRules } from '@jiapian/contract';
import { AppError } from '@jiapian/kernel';
import { defaultCorrectionPolicy } from '@jiapian/rules';
import { recordEntry, type AuditActor } from '../audit/index.ts';
import type { UnitOfWork } from '../platform/database.ts';
import { findCorrectionRecipes, setCorrectionRecipe } from '../release/index.ts';
import { readPolicyValue, writePolicyValue } from './correction-policy.repository.ts';

/** What the hospital has decided; the product's defaults where it has decided nothing. */
export const readCorrectionPolicy = async (unit: UnitOfWork): Promise<CorrectionPolicyValues> => {
  const parsed = correctionPolicySchema.safeParse(await readPolicyValue(unit));
  return parsed.success ? parsed.data : defaultCorrectionPolicy;
};

export const readCorrectionRules = async (unit: UnitOfWork): Promise<CorrectionRules> => ({
  policy: await readCorrectionPolicy(unit),
  destinations: (await findCorrectionRecipes(unit)).map((row) => ({
    destinationId: row.destination_id,
    name: row.name,
    correction: row.correction_recipe,
    merge: row.merge_recipe,
  })),
});

/** Throws RELEASE_DESTINATION_NOT_FOUND for an archive that is not there. */
export const saveCorrectionRules = async (
  unit: UnitOfWork,
  by: AuditActor,
  rules: {
    policy: CorrectionPolicyValues;
    destinations: readonly Omit<CorrectionRules['destinations'][number], 'name'>[];
  },
  at: Date,
): Promise<void> => {
  await writePolicyValue(unit, rules.policy, { by: by.accountId, at });
  for (const { destinationId, correction, merge } of rules.destinations) {
    const isThere = await setCorrectionRecipe(unit, destinationId, { correction, merge });
    if (!isThere) throw new AppError('RELEASE_DESTINATION_NOT_FOUND');
  }
  await recordEntry(unit, by, {
    action: 'corrections.rules-changed',
    subjectKind: 'setting',
    subjectId: 'corrections',
    facts: { ...rules.policy, destinations: rules.destinations },
  });
};
