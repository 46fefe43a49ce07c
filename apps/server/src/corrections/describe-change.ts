import type { CorrectionChange, Identity } from '@jiapian/contract';
import { AppError } from '@jiapian/kernel';
import type { CorrectionKind } from '@jiapian/rules';
import { lockExam, type ExamToCorrect } from '../exams/index.ts';
import type { UnitOfWork } from '../platform/database.ts';
import { findSides } from '../review/index.ts';
import { findObjectsOfExam } from './copy-version.repository.ts';
import { findHistory } from './correction.repository.ts';
import { identityOfExam } from './identity-of-exam.ts';

/** A change with everything that it concerns: what was, what is to be, and which objects. */
export interface DescribedChange {
  kind: CorrectionKind;
  exam: ExamToCorrect;
  targetExamId: string | null;
  /** Objects that change now. */
  instanceUids: string[];
  /** As it is written down: empty when the whole exam is meant, with what is still to come. */
  namedUids: string[];
  unaffected: number;
  before: Record<string, unknown>;
  after: Record<string, unknown>;
}

/**
 * Looks a change up against what is registered. Throws `EXAMS_EXAM_NOT_FOUND`, `CORRECTIONS_OBJECTS` for objects that
 * are not of the exam, and `CORRECTIONS_NOTHING_CHANGES`.
 */
export const describeChange = async (
  unit: UnitOfWork,
  examId: string,
  change: CorrectionChange | { kind: 'merge'; identity: Identity },
): Promise<DescribedChange> => {
  const exam = await lockExam(unit, examId);
  if (exam === undefined) throw new AppError('EXAMS_EXAM_NOT_FOUND', { examId });
  const all = (await findObjectsOfExam(unit, examId)).map((one) => one.sop_instance_uid);
  const identity = identityOfExam(exam, await findHistory(unit, examId, all));
  switch (change.kind) {
    case 'patient':
    case 'merge': {
      if (sameIdentity(identity, change.identity)) throw new AppError('CORRECTIONS_NOTHING_CHANGES');
      const facts = { before: { identity }, after: { identity: change.identity } };
      return { kind: change.kind, exam, targetExamId: null, instanceUids: all, namedUids: [], unaffected: 0, ...facts };
    }
    case 'move': {
      const instanceUids = requireOfExam(all, change.instanceUids);
      const to = await targetOf(unit, examId, change.to);
      return {
        kind: 'move',
        exam,
        targetExamId: to.examId,
        instanceUids,
        namedUids: instanceUids,
        unaffected: all.length - instanceUids.length,
        before: { identity, studyInstanceUid: exam.study_instance_uid },
        after: { identity: to.identity, studyInstanceUid: to.studyInstanceUid },
      };
    }
    case 'side': {
      const instanceUids = requireOfExam(all, change.instanceUids);
      const sides = await findSides(unit, instanceUids);
      if (sides.every(({ laterality }) => laterality === change.side))
        throw new AppError('CORRECTIONS_NOTHING_CHANGES');
      return {
        kind: 'side',
        exam,
        targetExamId: null,
        instanceUids,
        namedUids: instanceUids,
        unaffected: all.length - instanceUids.length,
        before: { sides: Object.fromEntries(sides.map((row) => [row.sop_instance_uid, row.laterality])) },
        after: { sides: Object.fromEntries(instanceUids.map((uid) => [uid, change.side])) },
      };
    }
  }
};

const requireOfExam = (all: readonly string[], wanted: readonly string[]): string[] => {
  const known = new Set(all);
  if (wanted.some((uid) => !known.has(uid))) throw new AppError('CORRECTIONS_OBJECTS');
  const asked = new Set(wanted);
  return all.filter((uid) => asked.has(uid));
};

const targetOf = async (
  unit: UnitOfWork,
  examId: string,
  to: Extract<CorrectionChange, { kind: 'move' }>['to'],
): Promise<{ examId: string | null; identity: Identity; studyInstanceUid: string | null }> => {
  if (to.exam === 'new') return { examId: null, identity: to.identity, studyInstanceUid: null };
  if (to.examId === examId) throw new AppError('CORRECTIONS_NOTHING_CHANGES');
  const target = await lockExam(unit, to.examId);
  if (target === undefined) throw new AppError('EXAMS_EXAM_NOT_FOUND', { examId: to.examId });
  return {
    examId: to.examId,
    identity: identityOfExam(target, await findHistory(unit, to.examId, [])),
    studyInstanceUid: target.study_instance_uid,
  };
};

const sameIdentity = (one: Identity, other: Identity): boolean =>
  one.dicomPatientId === other.dicomPatientId &&
  one.issuer === other.issuer &&
  one.patientName === other.patientName &&
  one.sex === other.sex &&
  one.birthDate === other.birthDate &&
  one.accessionNumber === other.accessionNumber;
