import { AppError, transition } from '@jiapian/kernel';
import { teachingCaseTable, type TeachingCaseEvent, type TeachingCaseState } from '@jiapian/rules';
import { recordEntry, type AuditActor } from '../audit/index.ts';
import type { UnitOfWork } from '../platform/database.ts';
import { lockCase, updateCase, type Cleaning, type StoredCase } from './cases.repository.ts';
import { takeFromCollection } from './collections.repository.ts';
import { dropObjects } from './objects.repository.ts';
import { refusePatientWords, type CaseWords } from './words.ts';

interface Change {
  caseId: string;
  version: number;
}

const requireCase = async (unit: UnitOfWork, { caseId, version }: Change): Promise<StoredCase> => {
  const stored = await lockCase(unit, caseId);
  if (!stored) throw new AppError('TEACHING_CASE_NOT_FOUND', { caseId });
  if (stored.version !== version) throw new AppError('TEACHING_STALE_VERSION', { version: stored.version });
  return stored;
};

export const nextStateOf = (state: TeachingCaseState, event: TeachingCaseEvent): TeachingCaseState => {
  const next = transition(teachingCaseTable, state, event);
  if (!next.ok) throw new AppError('TEACHING_WRONG_STATE', { state, event });
  return next.value;
};

export const changeWords = async (
  unit: UnitOfWork,
  by: AuditActor,
  change: Change & { words: CaseWords },
): Promise<void> => {
  const stored = await requireCase(unit, change);
  await refusePatientWords(unit, stored.film_id, change.words);
  await updateCase(unit, change.caseId, { words: change.words });
  await record(unit, by, 'teaching.case-described', change.caseId);
};

/** Prepares the case anew, with other rectangles or other options; gives the files that nobody names any more. */
export const cleanAgain = async (
  unit: UnitOfWork,
  by: AuditActor,
  change: Change & { cleaning: Cleaning },
): Promise<string[]> => {
  const stored = await requireCase(unit, change);
  const state = nextStateOf(stored.state, 'asked-again');
  const dropped = await dropObjects(unit, change.caseId);
  await updateCase(unit, change.caseId, { state, cleaning: change.cleaning, report: null });
  await record(unit, by, 'teaching.case-cleaned-again', change.caseId, { regions: change.cleaning.regions.length });
  return dropped;
};

/** A person's word: only after looking, and only what the check of the program has let through. */
export const decideCase = async (
  unit: UnitOfWork,
  by: AuditActor,
  change: Change & { decision: 'confirmed' | 'refused'; sawPictures: boolean; accountId: string; at: Date },
): Promise<string[]> => {
  const stored = await requireCase(unit, change);
  const state = nextStateOf(stored.state, change.decision);
  if (change.decision === 'confirmed' && !change.sawPictures) throw new AppError('TEACHING_NOT_LOOKED_AT');
  const isRefused = change.decision === 'refused';
  const dropped = isRefused ? await dropObjects(unit, change.caseId) : [];
  if (isRefused) await takeFromCollection(unit, { collectionId: null, caseId: change.caseId });
  await updateCase(unit, change.caseId, { state, confirmed: { by: change.accountId, at: change.at } });
  await record(unit, by, `teaching.case-${change.decision}`, change.caseId, { sawPictures: change.sawPictures });
  return dropped;
};

const record = (
  unit: UnitOfWork,
  by: AuditActor,
  action: string,
  caseId: string,
  facts: Record<string, unknown> = {},
): Promise<void> => recordEntry(unit, by, { action, subjectKind: 'teaching-case', subjectId: caseId, facts });
