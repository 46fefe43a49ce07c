import { randomUUID } from 'node:crypto';
import type { CorrectionRequest } from '@jiapian/contract';
import { AppError } from '@jiapian/kernel';
import { firstCorrectionState } from '@jiapian/rules';
import { recordEntry, type AuditActor } from '../audit/index.ts';
import { lockRegisterToCorrect, recordExamEvent } from '../exams/index.ts';
import type { UnitOfWork } from '../platform/database.ts';
import { applyCorrection } from './apply-correction.ts';
import { readCorrectionPolicy } from './correction-policy.ts';
import { hasOpenProposal, insertCorrection, type CorrectionRow } from './correction.repository.ts';
import { describeChange, type DescribedChange } from './describe-change.ts';

/** What is written down besides the change itself. */
export interface CorrectionAuthor {
  by: AuditActor;
  source: 'person' | 'hl7';
  reason: string;
  patientMergeId: string | null;
  at: Date;
}

/**
 * A person says what is wrong with an exam and what is right: in force at once, or once another person has signed, as
 * the hospital has decided. Throws `CORRECTIONS_STALE` when the exam is not the one that the person has seen any more,
 * and `CORRECTIONS_OPEN` while another proposal about it waits.
 */
export const proposeCorrection = async (
  unit: UnitOfWork,
  examId: string,
  request: CorrectionRequest,
  author: Pick<CorrectionAuthor, 'by' | 'at'>,
): Promise<CorrectionRow> => {
  await lockRegisterToCorrect(unit);
  const described = await describeChange(unit, examId, request.change);
  if (described.exam.version !== request.examVersion) throw new AppError('CORRECTIONS_STALE');
  return enterCorrection(unit, described, {
    ...author,
    source: 'person',
    reason: request.reason,
    patientMergeId: null,
  });
};

/** Writes a described change down, and applies it when nobody has to sign. Throws `CORRECTIONS_OPEN`. */
export const enterCorrection = async (
  unit: UnitOfWork,
  described: DescribedChange,
  { by, source, reason, patientMergeId, at }: CorrectionAuthor,
  undoes: string | null = null,
): Promise<CorrectionRow> => {
  const examId = described.exam.exam_id;
  if (await hasOpenProposal(unit, examId)) throw new AppError('CORRECTIONS_OPEN', { examId });
  const policy = await readCorrectionPolicy(unit);
  const state = firstCorrectionState({ kind: described.kind, source }, policy);
  const isInForce = state === 'in-force';
  const row: CorrectionRow = {
    correction_id: randomUUID(),
    kind: described.kind,
    source,
    exam_id: examId,
    target_exam_id: described.targetExamId,
    instance_uids: described.namedUids,
    before: described.before,
    after: described.after,
    reason,
    undoes,
    patient_merge_id: patientMergeId,
    state,
    proposed_at: at,
    proposed_by: by.accountId,
    decided_at: isInForce ? at : null,
    decided_by: isInForce ? by.accountId : null,
    decide_note: '',
  };
  await insertCorrection(unit, row);
  if (isInForce) {
    await applyCorrection(unit, row, by, at);
    return row;
  }
  const facts = { correctionId: row.correction_id, kind: row.kind };
  await recordExamEvent(unit, { examId, at, event: 'correction.proposed', facts, accountId: by.accountId });
  await recordEntry(unit, by, { action: 'corrections.proposed', subjectKind: 'exam', subjectId: examId, facts });
  return row;
};
