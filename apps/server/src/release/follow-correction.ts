import { gateEventOfGrades, noteTitleFor, type CorrectionKind } from '@jiapian/rules';
import type { UnitOfWork } from '../platform/database.ts';
import { findGradesOfExam } from '../review/index.ts';
import {
  lockForwardsOf,
  noteStreamCopies,
  queueCorrectedCopies,
  supersedeCopies,
} from './follow-correction.repository.ts';
import { queueForwards } from './forward.repository.ts';
import { lockGate } from './gate.repository.ts';
import { moveGate } from './move-gate.ts';
import { reconcileRejections } from './reconcile-rejections.ts';

/** Before anything changes: what the archives have of these objects is written down and settled. */
export const settleBeforeCorrection = async (
  unit: UnitOfWork,
  examId: string,
  instanceUids: readonly string[],
  at: Date,
): Promise<void> => {
  await lockForwardsOf(unit, instanceUids);
  await noteStreamCopies(unit, examId, instanceUids, at);
};

/**
 * The archives follow a correction, each in its own way: what they have under the old values is hidden by a note, or by
 * a person there, and the corrected copy goes where the old one is. What is still held here leaves corrected.
 */
export const followCorrection = async (
  unit: UnitOfWork,
  corrected: {
    kind: CorrectionKind;
    instanceUids: readonly string[];
    /** Exams that have or had one of the objects. */
    examIds: readonly string[];
    by: string | null;
    at: Date;
  },
): Promise<void> => {
  const { kind, instanceUids, examIds, by, at } = corrected;
  await supersedeCopies(unit, instanceUids, { kind, title: noteTitleFor(kind) });
  await queueCorrectedCopies(unit, instanceUids, at);
  for (const examId of examIds) {
    // An exam that has given its last unread film away waits for nothing any more.
    const event = kind === 'move' ? gateEventOfGrades(await findGradesOfExam(unit, examId)) : null;
    if (event !== null) await moveGate(unit, { examId, event, at });
    if ((await lockGate(unit, examId)).state === 'released') await queueForwards(unit, examId, at);
    await reconcileRejections(unit, examId, at, by);
  }
};
