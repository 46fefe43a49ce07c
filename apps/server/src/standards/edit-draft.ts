import { randomUUID } from 'node:crypto';
import { AppError } from '@jiapian/kernel';
import { standardTemplates, type ReviewStandard, type TemplateName } from '@jiapian/rules';
import { recordEntry, type AuditActor } from '../audit/index.ts';
import type { UnitOfWork } from '../platform/database.ts';
import { currentStandard } from './current-standard.ts';
import {
  deleteDraft,
  findDraft,
  findVersion,
  insertDraft,
  updateDraft,
  type DraftRow,
} from './standards.repository.ts';

/** A draft that begins as a copy of a published version, or as a ready-made standard held against that version. */
export const beginDraft = async (
  unit: UnitOfWork,
  by: AuditActor,
  { basedOnVersion, template, at }: { basedOnVersion: number; template?: TemplateName | undefined; at: Date },
): Promise<DraftRow> => {
  await currentStandard(unit, at);
  const base = await findVersion(unit, basedOnVersion);
  if (!base) throw new AppError('STANDARDS_VERSION_NOT_FOUND', { version: basedOnVersion });
  const content = template === undefined ? base : standardTemplates[template];
  const draftId = randomUUID();
  await insertDraft(unit, { draftId, basedOnVersion, content, at, by: by.accountId });
  await enter(unit, by, 'standards.draft-begun', draftId, { basedOnVersion, ...(template ? { template } : {}) });
  return openDraft(unit, draftId);
};

/** The draft as it is now; saving a draft with faults is allowed, publishing it is not. */
export const saveDraft = async (
  unit: UnitOfWork,
  by: AuditActor,
  { draftId, version, content, at }: { draftId: string; version: number; content: ReviewStandard; at: Date },
): Promise<DraftRow> => {
  await openDraft(unit, draftId);
  if (!(await updateDraft(unit, { draftId, version, at, by: by.accountId }, { content })))
    throw new AppError('STANDARDS_STALE_VERSION', { draftId });
  await enter(unit, by, 'standards.draft-saved', draftId, {});
  return openDraft(unit, draftId);
};

export const dropDraft = async (unit: UnitOfWork, by: AuditActor, draftId: string): Promise<void> => {
  await openDraft(unit, draftId);
  await deleteDraft(unit, draftId);
  await enter(unit, by, 'standards.draft-deleted', draftId, {});
};

/** A draft that can still be changed. */
export const openDraft = async (unit: UnitOfWork, draftId: string): Promise<DraftRow> => {
  const draft = await findDraft(unit, draftId);
  if (!draft) throw new AppError('STANDARDS_DRAFT_NOT_FOUND', { draftId });
  if (draft.published_version !== null) throw new AppError('STANDARDS_DRAFT_PUBLISHED', { draftId });
  return draft;
};

export const enter = (
  unit: UnitOfWork,
  by: AuditActor,
  action: string,
  subjectId: string,
  facts: Record<string, unknown>,
): Promise<void> => recordEntry(unit, by, { action, subjectKind: 'standard', subjectId, facts });
