import { AppError, transition } from '@jiapian/kernel';
import { correctionTable } from '@jiapian/rules';
import type { AuditActor } from '../audit/index.ts';
import { lockExam, lockRegisterToCorrect } from '../exams/index.ts';
import type { UnitOfWork } from '../platform/database.ts';
import { findObjectsOfExam } from './copy-version.repository.ts';
import { findHistory, lockCorrection, type CorrectionRow } from './correction.repository.ts';
import type { DescribedChange } from './describe-change.ts';
import { sideFactsSchema } from './identity-of-exam.ts';
import { enterCorrection } from './propose-correction.ts';

/**
 * A correction is taken back by another fact that stands beside it. Throws `CORRECTIONS_NOT_FOUND`, and
 * `CORRECTIONS_ILLEGAL` for one that is not in force.
 */
export const undoCorrection = async (
  unit: UnitOfWork,
  correctionId: string,
  undo: { by: AuditActor; reason: string; at: Date },
): Promise<CorrectionRow> => {
  await lockRegisterToCorrect(unit);
  const { row, described } = await describeUndo(unit, correctionId);
  return enterCorrection(unit, described, { ...undo, source: 'person', patientMergeId: null }, row.correction_id);
};

/** What taking a correction back would change. */
export const describeUndo = async (
  unit: UnitOfWork,
  correctionId: string,
): Promise<{ row: CorrectionRow; described: DescribedChange }> => {
  const row = await lockCorrection(unit, correctionId);
  if (row === undefined || row.undoes !== null) throw new AppError('CORRECTIONS_NOT_FOUND');
  const next = transition(correctionTable, row.state, 'undone');
  if (!next.ok) throw new AppError('CORRECTIONS_ILLEGAL', { state: row.state });
  const exam = await lockExam(unit, row.exam_id);
  if (exam === undefined) throw new AppError('EXAMS_EXAM_NOT_FOUND', { examId: row.exam_id });
  const all = (await findObjectsOfExam(unit, row.exam_id)).map((one) => one.sop_instance_uid);
  const instanceUids = row.instance_uids.length > 0 ? row.instance_uids : all;
  const described: DescribedChange = {
    kind: row.kind,
    exam,
    targetExamId: row.target_exam_id,
    instanceUids,
    namedUids: row.instance_uids,
    unaffected: Math.max(0, all.length - instanceUids.length),
    before: row.after as Record<string, unknown>,
    after: row.kind === 'side' ? { sides: await sidesWithout(unit, row) } : (row.before as Record<string, unknown>),
  };
  return { row, described };
};

/** Where another correction of the same film still stands, its side; else the side before. */
const sidesWithout = async (unit: UnitOfWork, row: CorrectionRow): Promise<Record<string, string | null>> => {
  const others = (await findHistory(unit, row.exam_id, row.instance_uids)).filter(
    (one) => one.kind === 'side' && one.state === 'in-force' && one.correction_id !== row.correction_id,
  );
  const { sides } = sideFactsSchema.parse(row.before);
  const standing = others.map((one) => sideFactsSchema.parse(one.after).sides);
  return Object.fromEntries(
    Object.entries(sides).map(([uid, side]) => [uid, standing.findLast((one) => uid in one)?.[uid] ?? side]),
  );
};
