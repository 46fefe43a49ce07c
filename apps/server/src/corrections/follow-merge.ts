import type { Identity } from '@jiapian/contract';
import { systemActor } from '../audit/index.ts';
import { findExamsToMerge, findMerge, findPerson, lockRegisterToCorrect } from '../exams/index.ts';
import type { UnitOfWork } from '../platform/database.ts';
import { describeChange } from './describe-change.ts';
import { identityFactsSchema } from './identity-of-exam.ts';
import { enterCorrection } from './propose-correction.ts';

/** Exams of one person that are written down in one transaction. [PD] */
const EXAMS_PER_ROUND = 50;
const actor = systemActor('hl7');

/**
 * A hospital said that two numbers are one person's (ADT^A40): each exam under the number that is not used any more is
 * proposed for correction, or corrected at once, as the hospital has decided. Answers how many there were.
 */
export const followMerge = async (unit: UnitOfWork, patientMergeId: string, at: Date): Promise<number> => {
  await lockRegisterToCorrect(unit);
  const merge = await findMerge(unit, patientMergeId);
  if (merge === undefined) return 0;
  const examIds = await findExamsToMerge(
    unit,
    { dicomPatientId: merge.merged_patient_id, patientMergeId },
    EXAMS_PER_ROUND,
  );
  const kept = await findPerson(unit, merge.kept_patient_id);
  for (const examId of examIds) {
    const described = await describeChange(unit, examId, {
      kind: 'merge',
      identity: { ...nobody, dicomPatientId: merge.kept_patient_id },
    });
    const own = identityFactsSchema.parse(described.before).identity;
    const identity: Identity = {
      ...own,
      dicomPatientId: merge.kept_patient_id,
      issuer: kept?.issuer ?? own.issuer,
      // The one person is called as under the number that is kept; unknown there, as in these images.
      patientName: kept?.name || own.patientName,
      sex: kept?.sex ?? own.sex,
      birthDate: kept?.birth_date ?? own.birthDate,
    };
    await enterCorrection(
      unit,
      { ...described, after: { identity } },
      { by: actor, source: 'hl7', reason: '', patientMergeId, at },
    );
  }
  return examIds.length === EXAMS_PER_ROUND ? examIds.length : 0;
};

const nobody: Identity = {
  dicomPatientId: '',
  issuer: '',
  patientName: '',
  sex: null,
  birthDate: null,
  accessionNumber: '',
};
