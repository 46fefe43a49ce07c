import { AppError } from '@jiapian/kernel';
import { rejectReasons, standardFaults, type ReviewStandard } from '@jiapian/rules';
import type { AuditActor } from '../audit/index.ts';
import type { UnitOfWork } from '../platform/database.ts';
import { enter, openDraft } from './edit-draft.ts';
import { insertVersion, lastVersion, lockVersions, updateDraft } from './standards.repository.ts';

export interface Publication {
  draftId: string;
  version: number;
  effectiveFrom: Date | null;
  note: string;
  at: Date;
}

/** Makes a version of the draft: it never changes again, and readings made before keep the version they were made by. */
export const publishDraft = async (
  unit: UnitOfWork,
  by: AuditActor,
  { draftId, version, effectiveFrom, note, at }: Publication,
): Promise<number> => {
  await lockVersions(unit);
  const draft = await openDraft(unit, draftId);
  if (effectiveFrom !== null && effectiveFrom < at) throw new AppError('STANDARDS_EFFECTIVE_IN_PAST', { draftId });
  const content = draft.content as unknown as ReviewStandard;
  const faults = faultsOf(content);
  if (faults.length > 0) throw new AppError('STANDARDS_FAULTY', { draftId, faults });
  const publishedVersion = (await lastVersion(unit)) + 1;
  if (!(await updateDraft(unit, { draftId, version, at, by: by.accountId }, { publishedVersion })))
    throw new AppError('STANDARDS_STALE_VERSION', { draftId });
  await insertVersion(
    unit,
    { ...content, version: publishedVersion },
    { effectiveFrom: effectiveFrom ?? at, at, by: by.accountId, note },
  );
  await enter(unit, by, 'standards.published', String(publishedVersion), {
    basedOnVersion: draft.based_on_version,
    effectiveFrom: (effectiveFrom ?? at).toISOString(),
  });
  return publishedVersion;
};

const knownReasons = rejectReasons.map(({ code }) => code);

export const faultsOf = (standard: ReviewStandard) => standardFaults(standard, knownReasons);
