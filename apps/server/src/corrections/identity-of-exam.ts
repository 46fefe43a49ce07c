import { identitySchema, type Identity } from '@jiapian/contract';
import { effectiveIdentity } from '@jiapian/rules';
import { z } from 'zod';
import { identityOfHeader, type ExamToCorrect } from '../exams/index.ts';
import type { CorrectionRow } from './correction.repository.ts';

export const identityFactsSchema = z.object({ identity: identitySchema });
export const sideFactsSchema = z.object({ sides: z.record(z.string(), z.string().nullable()) });

/** Whose the exam is now: by the last correction in force, else as its first object says. */
export const identityOfExam = (exam: ExamToCorrect, history: readonly CorrectionRow[]): Identity => {
  const own = history.filter((row) => row.exam_id === exam.exam_id && (row.kind === 'patient' || row.kind === 'merge'));
  const corrected = effectiveIdentity(
    own.map((row) => ({
      id: row.correction_id,
      kind: row.kind,
      state: row.state,
      before: identityFactsSchema.parse(row.before).identity,
      after: identityFactsSchema.parse(row.after).identity,
    })),
  );
  if (corrected !== null) return corrected;
  // An exam that was made for objects of another is whose that correction says: its objects say what was wrong.
  const madeBy = history.findLast((row) => row.kind === 'move' && row.target_exam_id === exam.exam_id);
  const isOwn = exam.header['studyInstanceUid'] === exam.study_instance_uid || madeBy === undefined;
  if (isOwn) return identityOfHeader(exam.header, exam.accession_number);
  return identityFactsSchema.parse(madeBy.after).identity;
};
