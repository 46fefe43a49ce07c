import { AppError } from '@jiapian/kernel';
import { recordEntry, type AuditActor } from '../audit/index.ts';
import {
  enterExamLike,
  lockExam,
  moveInstances,
  reassignInRegister,
  recordExamEvent,
  relinkOrders,
  type ExamToCorrect,
} from '../exams/index.ts';
import type { UnitOfWork } from '../platform/database.ts';
import { followCorrection, settleBeforeCorrection } from '../release/index.ts';
import { moveFilms, setSides } from '../review/index.ts';
import { copyUidOf, findObjectsOfExam } from './copy-version.repository.ts';
import { findHistory, setTargetExam, type CorrectionRow } from './correction.repository.ts';
import { endUndone } from './end-undone.ts';
import { identityFactsSchema, identityOfExam, sideFactsSchema } from './identity-of-exam.ts';
import { renewCopies } from './renew-copies.ts';

/** What a correction in force, or one that has just been taken back, does to the register and to the archives. */
export const applyCorrection = async (
  unit: UnitOfWork,
  row: CorrectionRow,
  by: AuditActor,
  at: Date,
): Promise<void> => {
  if (row.undoes !== null) await endUndone(unit, row.undoes);
  const exam = await requireExam(unit, row.exam_id);
  const all = (await findObjectsOfExam(unit, exam.exam_id)).map((one) => one.sop_instance_uid);
  const instanceUids = row.instance_uids.length > 0 ? row.instance_uids : all;
  const otherExamId = await changeRegister(unit, row, { exam, instanceUids, at });
  const examIds = [exam.exam_id, ...(otherExamId === null ? [] : [otherExamId])];
  for (const examId of examIds) await renewCopies(unit, await requireExam(unit, examId), at);
  for (const examId of examIds) await record(unit, row, examId, { by, at });
  await followCorrection(unit, { kind: row.kind, instanceUids, examIds, by: by.accountId, at });
  for (const examId of examIds) {
    await relinkOrders(unit, examId, at);
    await unit.emit({ name: 'exam.corrected', payload: { examId } });
    if (row.kind === 'move') await unit.emit({ name: 'exam.completed', payload: { examId } });
  }
};

/** The other exam that is concerned, if there is one. */
const changeRegister = async (
  unit: UnitOfWork,
  row: CorrectionRow,
  { exam, instanceUids, at }: { exam: ExamToCorrect; instanceUids: readonly string[]; at: Date },
): Promise<string | null> => {
  switch (row.kind) {
    case 'patient':
    case 'merge': {
      await settleBeforeCorrection(unit, exam.exam_id, instanceUids, at);
      const identity = identityOfExam(exam, await findHistory(unit, exam.exam_id, instanceUids));
      await reassignInRegister(unit, { examId: exam.exam_id, description: exam.description, identity }, at);
      return null;
    }
    case 'side': {
      await settleBeforeCorrection(unit, exam.exam_id, instanceUids, at);
      const { sides } = sideFactsSchema.parse(row.after);
      await setSides(
        unit,
        Object.entries(sides).map(([sopInstanceUid, side]) => ({ sopInstanceUid, side })),
      );
      return null;
    }
    case 'move': {
      const [from, to] = await endsOf(unit, row, exam, at);
      await settleBeforeCorrection(unit, from, instanceUids, at);
      await moveInstances(unit, { from, to, instanceUids });
      await moveFilms(unit, { from, to, instanceUids });
      return row.undoes === null ? to : from;
    }
  }
};

/** From where objects go and where to; back again when the move is taken back. */
const endsOf = async (
  unit: UnitOfWork,
  row: CorrectionRow,
  exam: ExamToCorrect,
  at: Date,
): Promise<[from: string, to: string]> => {
  if (row.undoes !== null) return [row.target_exam_id ?? '', exam.exam_id];
  if (row.target_exam_id !== null) {
    await requireExam(unit, row.target_exam_id);
    return [exam.exam_id, row.target_exam_id];
  }
  const { identity } = identityFactsSchema.parse(row.after);
  const studyInstanceUid = await copyUidOf(unit, row.correction_id, exam.study_instance_uid);
  const examId = await enterExamLike(
    unit,
    { like: exam.exam_id, description: exam.description, studyInstanceUid, identity },
    at,
  );
  await setTargetExam(unit, row.correction_id, examId);
  return [exam.exam_id, examId];
};

const requireExam = async (unit: UnitOfWork, examId: string): Promise<ExamToCorrect> => {
  const exam = await lockExam(unit, examId);
  if (exam === undefined) throw new AppError('EXAMS_EXAM_NOT_FOUND', { examId });
  return exam;
};

/** Identifiers only: who a patient was stands in the correction itself. */
const record = async (
  unit: UnitOfWork,
  row: CorrectionRow,
  examId: string,
  { by, at }: { by: AuditActor; at: Date },
): Promise<void> => {
  const event = row.undoes === null ? 'correction.made' : 'correction.undone';
  const facts = { correctionId: row.correction_id, kind: row.kind, objects: row.instance_uids.length };
  await recordExamEvent(unit, { examId, at, event, facts, accountId: by.accountId });
  await recordEntry(unit, by, {
    action: `corrections.${row.undoes === null ? 'made' : 'undone'}`,
    subjectKind: 'exam',
    subjectId: examId,
    facts: { ...facts, reason: row.reason, undoes: row.undoes },
  });
};
