import { holdPolicySchema, type HoldPolicyContent } from '@jiapian/contract';
import { AppError, type Clock } from '@jiapian/kernel';
import { defaultHoldPolicy, type HoldPolicy } from '@jiapian/rules';
import { recordEntry, type AuditActor } from '../audit/index.ts';
import type { UnitOfWork } from '../platform/database.ts';
import { findNewestPolicy, insertPolicy } from './hold-policy.repository.ts';

/** The policy that rules now, and its version; version 0 is the product's default. */
export const readHoldPolicy = async (unit: UnitOfWork): Promise<{ version: number; policy: HoldPolicy }> => {
  const row = await findNewestPolicy(unit);
  const parsed = holdPolicySchema.safeParse(row?.content);
  return parsed.success && row
    ? { version: row.version, policy: parsed.data }
    : { version: 0, policy: defaultHoldPolicy };
};

/** A new version rules from now on; exams that are held keep the clock they have. */
export const publishHoldPolicy = async (
  unit: UnitOfWork,
  clock: Clock,
  by: AuditActor,
  request: { content: HoldPolicyContent; note: string; basedOn: number },
): Promise<number> => {
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
