import type { Correction } from '@jiapian/contract';
import { maySignCorrection, type CorrectionPolicy } from '@jiapian/rules';
import type { CorrectionListRow } from './correction.repository.ts';

/** A correction as one person sees it; who is to read the exam blind is not told whose it is. */
export const asCorrection = (
  row: CorrectionListRow,
  viewer: { accountId: string | null; mayCorrect: boolean; policy: CorrectionPolicy },
  isBlind: boolean,
): Correction => ({
  correctionId: row.correction_id,
  kind: row.kind,
  source: row.source,
  examId: row.exam_id,
  targetExamId: row.target_exam_id,
  accessionNumber: isBlind ? '' : row.accession_number,
  modality: row.modality,
  description: row.description,
  instanceUids: row.instance_uids,
  before: isBlind ? {} : (row.before as Record<string, unknown>),
  after: isBlind ? {} : (row.after as Record<string, unknown>),
  reason: row.reason,
  undoes: row.undoes,
  state: row.state,
  proposedAt: row.proposed_at.toISOString(),
  proposedByName: row.proposed_by_name,
  decidedAt: row.decided_at?.toISOString() ?? null,
  decidedByName: row.decided_by_name,
  decideNote: row.decide_note,
  maySign:
    row.state === 'proposed' &&
    viewer.mayCorrect &&
    maySignCorrection({ kind: row.kind, proposedBy: row.proposed_by }, viewer.policy, viewer.accountId),
});
