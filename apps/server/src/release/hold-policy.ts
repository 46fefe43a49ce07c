import { holdPolicySchema, type HoldPolicyContent } from '@jiapian/contract';
import { AppError, type Clock } from '@jiapian/kernel';
import { defaultHoldPolicy, type HoldPolicy } from '@jiapian/rules';
import { recordEntry, type AuditActor } from '../audit/index.ts';
import type { UnitOfWork } from '../platform/database.ts';
import { findCallable, findNewestPolicy, insertPolicy } from './hold-policy.repository.ts';
import { holdEndingRoles } from './reviewer-roles.ts';

/** The policy that rules now, and its version; version 0 is the product's default. */
export const readHoldPolicy = async (unit: UnitOfWork): Promise<{ version: number; policy: HoldPolicy }> => {
  const row = await findNewestPolicy(unit);
  const parsed = holdPolicySchema.safeParse(row?.content);
  return parsed.success && row
    ? { version: row.version, policy: parsed.data }
    : { version: 0, policy: defaultHoldPolicy };
};

/** Whom the policy may have called: everyone who can end a hold, and whoever it names already. */
export const listSubstitutes = async (unit: UnitOfWork) => {
  const { policy } = await readHoldPolicy(unit);
  const rows = await findCallable(unit, { roles: holdEndingRoles, named: policy.substitutes });
  return rows.map((row) => ({
    accountId: row.account_id,
    displayName: row.display_name,
    isActive: row.disabled_at === null,
  }));
};

/** A new version rules from now on; exams that are held keep the clock they have. */
export const publishHoldPolicy = async (
  unit: UnitOfWork,
  clock: Clock,
  by: AuditActor,
  request: { content: HoldPolicyContent; note: string; basedOn: number },
): Promise<number> => {
  const callable = new Set((await listSubstitutes(unit)).map(({ accountId }) => accountId));
  const stranger = request.content.substitutes.find((accountId) => !callable.has(accountId));
  if (stranger !== undefined) throw new AppError('RELEASE_SUBSTITUTE_UNKNOWN', { accountId: stranger });
  const version = request.basedOn + 1;
  const newest = (await findNewestPolicy(unit))?.version ?? 0;
  const isPublished =
    newest === request.basedOn &&
    (await insertPolicy(unit, {
      version,
      content: JSON.stringify(request.content),
      note: request.note,
      published_at: clock.now(),
      published_by: by.accountId,
    }));
  if (!isPublished) throw new AppError('ORGANIZATION_STALE_VERSION', { version: newest });
  await recordEntry(unit, by, {
    action: 'release.policy-published',
    subjectKind: 'hold-policy',
    subjectId: String(version),
    facts: { note: request.note, rules: request.content.rules.map((rule) => rule.name) },
  });
  return version;
};
