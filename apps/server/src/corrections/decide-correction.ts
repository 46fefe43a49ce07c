import { AppError, transition } from '@jiapian/kernel';
import { correctionTable, maySignCorrection } from '@jiapian/rules';
import { recordEntry, type AuditActor } from '../audit/index.ts';
import { lockRegisterToCorrect, recordExamEvent } from '../exams/index.ts';
import type { UnitOfWork } from '../platform/database.ts';
import { applyCorrection } from './apply-correction.ts';
import { readCorrectionPolicy } from './correction-policy.ts';
import { decideCorrectionRow, lockCorrection } from './correction.repository.ts';

/**
 * A person signs a proposal, or refuses it. Throws `CORRECTIONS_NOT_FOUND`, `CORRECTIONS_ILLEGAL` for one that is
 * decided already, and `CORRECTIONS_SAME_PERSON` for signing one's own where a second person has to.
 */
export const decideCorrection = async (
  unit: UnitOfWork,
  correctionId: string,
  decision: { event: 'signed' | 'refused'; note: string; by: AuditActor; at: Date },
): Promise<void> => {
  const { event, note, by, at } = decision;
  await lockRegisterToCorrect(unit);
  const row = await lockCorrection(unit, correctionId);
  if (row === undefined) throw new AppError('CORRECTIONS_NOT_FOUND');
  const next = transition(correctionTable, row.state, event);
  if (!next.ok) throw new AppError('CORRECTIONS_ILLEGAL', { state: row.state });
  const proposal = { kind: row.kind, proposedBy: row.proposed_by };
  if (event === 'signed' && !maySignCorrection(proposal, await readCorrectionPolicy(unit), by.accountId))
    throw new AppError('CORRECTIONS_SAME_PERSON');
  await decideCorrectionRow(unit, correctionId, { state: next.value, at, by: by.accountId, note });
  if (event === 'signed') {
    await applyCorrection(unit, { ...row, state: next.value, decided_at: at, decided_by: by.accountId }, by, at);
    return;
  }
  const facts = { correctionId, kind: row.kind };
  await recordExamEvent(unit, { examId: row.exam_id, at, event: 'correction.refused', facts, accountId: by.accountId });
  await recordEntry(unit, by, { action: 'corrections.refused', subjectKind: 'exam', subjectId: row.exam_id, facts });
};
