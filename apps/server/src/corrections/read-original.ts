import { copyFactsSchema, type OriginalFacts } from '@jiapian/contract';
import { AppError } from '@jiapian/kernel';
import type { UnitOfWork } from '../platform/database.ts';
import { findOriginal } from './copy-version.repository.ts';

/** Facts of a head that a correction can concern. */
const shown = [
  'patientName',
  'patientId',
  'issuerOfPatientId',
  'patientBirthDate',
  'patientSex',
  'accessionNumber',
  'studyInstanceUid',
  'imageLaterality',
  'laterality',
] as const;

/** What the device said of an object, and what its copies say. Throws ARCHIVE_OBJECT_NOT_FOUND. */
export const readOriginal = async (
  unit: UnitOfWork,
  sopInstanceUid: string,
): Promise<{ examId: string; facts: OriginalFacts }> => {
  const row = await findOriginal(unit, sopInstanceUid);
  if (row === undefined) throw new AppError('ARCHIVE_OBJECT_NOT_FOUND', { sopInstanceUid });
  const original = Object.fromEntries(
    shown.flatMap((name) => (typeof row.facts[name] === 'string' ? [[name, row.facts[name]]] : [])),
  );
  const copy = row.copy_facts === null ? null : copyFactsSchema.parse(row.copy_facts);
  const identity = copy?.identity ?? null;
  const corrected: Record<string, string> = {
    ...(identity !== null && {
      patientName: identity.patientName,
      patientId: identity.dicomPatientId,
      issuerOfPatientId: identity.issuer,
      patientBirthDate: identity.birthDate ?? '',
      patientSex: identity.sex ?? '',
      accessionNumber: identity.accessionNumber,
    }),
    ...(copy !== null && copy.side !== null && { imageLaterality: copy.side }),
  };
  return {
    examId: row.exam_id,
    facts: {
      sopInstanceUid,
      original,
      corrected,
      copySopInstanceUid: row.copy_uid,
      copyStudyInstanceUid: copy?.studyInstanceUid ?? original['studyInstanceUid'] ?? row.study_instance_uid,
      sha256: row.sha256,
    },
  };
};
