import { randomBytes } from 'node:crypto';
import type { CheckPolicy } from '@jiapian/contract';
import { AppError, type Clock } from '@jiapian/kernel';
import { recordEntry, type AuditActor } from '../audit/index.ts';
import type { UnitOfWork } from '../platform/database.ts';
import type { Reader } from '../review/index.ts';
import { findCheckPolicy, insertCheckPolicy } from './check-policy.repository.ts';

/** Without a choice of the hospital there is neither self-check nor cross-check. */
const nothingChosen: CheckPolicy = { version: 0, isSelfCheckOn: false, crossShare: 0 };

export const checkPolicyInForce = async (unit: UnitOfWork): Promise<CheckPolicy> => {
  const found = await findCheckPolicy(unit);
  return found
    ? { version: found.version, isSelfCheckOn: found.is_self_check_on, crossShare: found.cross_share }
    : nothingChosen;
};

/** A new version with a new seed; refused when it was changed since the page was opened. */
export const changeCheckPolicy = async (
  unit: UnitOfWork,
  clock: Clock,
  reader: Reader,
  by: AuditActor,
  request: { isSelfCheckOn: boolean; crossShare: number; basedOn: number },
): Promise<void> => {
  const { isSelfCheckOn, crossShare, basedOn } = request;
  const before = await checkPolicyInForce(unit);
  const isFirst =
    before.version === basedOn &&
    (await insertCheckPolicy(unit, {
      ...{ version: basedOn + 1, isSelfCheckOn, crossShare, at: clock.now(), accountId: reader.accountId },
      seed: randomBytes(8).toString('hex'),
    }));
  if (!isFirst) throw new AppError('SELF_CHECK_STALE_VERSION', { version: before.version });
  await recordEntry(unit, by, {
    action: 'self-checks.policy-changed',
    subjectKind: 'check-policy',
    subjectId: String(basedOn + 1),
    facts: { isSelfCheckOn, crossShare },
  });
};
