import { randomBytes } from 'node:crypto';
import { reviewPolicySchema, type CurrentPolicy, type ReviewPolicyContent } from '@jiapian/contract';
import { AppError, type Clock } from '@jiapian/kernel';
import { defaultReviewPolicy, type ReviewPolicy, type Seed } from '@jiapian/rules';
import { recordEntry, type AuditActor } from '../audit/index.ts';
import type { UnitOfWork } from '../platform/database.ts';
import { findPolicy, insertPolicy, lockPolicy } from './policy.repository.ts';

/** The policy in force with the seed of its choices, which no page is told. */
export interface PolicyInForce {
  readonly version: number;
  readonly content: ReviewPolicy;
  readonly seed: Seed;
}

/** 64 bits nobody can foresee. */
export const freshSeed = (): Seed => randomBytes(8).toString('hex');

/** The policy in force; a hospital that has none yet starts with the default one. */
export const policyInForce = async (unit: UnitOfWork, now: Date): Promise<PolicyInForce> => {
  const found = await findPolicy(unit);
  if (found) return { version: found.version, content: contentOf(found.content), seed: found.seed };
  const seed = freshSeed();
  const first = { version: 1, content: JSON.stringify(defaultReviewPolicy), seed, at: now, accountId: null };
  if (await insertPolicy(unit, first)) return { version: 1, content: defaultReviewPolicy, seed };
  return policyInForce(unit, now);
};

/** What a page shows of it. */
export const describePolicy = async (unit: UnitOfWork, now: Date): Promise<CurrentPolicy> => {
  await policyInForce(unit, now);
  const found = await findPolicy(unit);
  if (!found) throw new AppError('SERVER_DEFECT', { reason: 'the policy just made is not there' });
  return {
    version: found.version,
    effectiveFrom: found.effective_from.toISOString(),
    changedBy: found.display_name,
    content: reviewPolicySchema.parse(found.content),
  };
};

/** A new version of the policy, with a new seed; refused when it was changed since the page was opened. */
export const changePolicy = async (
  unit: UnitOfWork,
  clock: Clock,
  by: AuditActor,
  request: { content: ReviewPolicyContent; basedOn: number },
): Promise<void> => {
  await lockPolicy(unit);
  const now = clock.now();
  const before = await policyInForce(unit, now);
  if (before.version !== request.basedOn) throw new AppError('REVIEW_STALE_VERSION', { policyVersion: before.version });
  const version = before.version + 1;
  await insertPolicy(unit, {
    version,
    content: JSON.stringify(request.content),
    seed: freshSeed(),
    at: now,
    accountId: by.accountId,
  });
  await recordEntry(unit, by, {
    action: 'review.policy-changed',
    subjectKind: 'review-policy',
    subjectId: String(version),
    facts: { ...request.content },
  });
};

const contentOf = (stored: unknown): ReviewPolicy => reviewPolicySchema.parse(stored);
