import { randomUUID } from 'node:crypto';
import { copyFactsSchema } from '@jiapian/contract';
import { buildRejectionNote, joinChunks, type NoteCode, type RejectionTitle } from '@jiapian/dicom';
import { rejectReasons } from '@jiapian/rules';
import type { UnitOfWork } from '../platform/database.ts';
import { softwareVersion } from '../platform/software-version.ts';
import { findNotedInstances, findNoteSource, findObserverName, type NoteSource } from './note-source.repository.ts';

/** A UID made from a UUID (PS3.5 annex B.2). */
const newUid = (): string => `2.25.${BigInt(`0x${randomUUID().replaceAll('-', '')}`)}`;

/** The reason as the standard names it; null for a code that CID 7011 does not know. */
export const noteReason = (code: string): NoteCode | null => {
  const reason = rejectReasons.find((one) => one.code === code);
  return reason === undefined ? null : { value: reason.code, scheme: 'DCM', meaning: reason.meaning };
};

/** The note that tells an archive of these objects: its UID and its data set. */
export const writeNote = async (
  unit: UnitOfWork,
  note: {
    examId: string;
    title: RejectionTitle;
    reasonCode: string;
    instanceUids: readonly string[];
    copyId: string;
    accountId: string | null;
    at: Date;
  },
): Promise<{ sopInstanceUid: string; content: Buffer }> => {
  const first = { sopInstanceUid: note.instanceUids[0] ?? '', copyId: note.copyId };
  const source = await findNoteSource(unit, note.examId, first, note.at);
  const instances = await findNotedInstances(unit, note.instanceUids, note.copyId);
  const sopInstanceUid = newUid();
  const series = Map.groupBy(instances, (row) => row.series_instance_uid);
  const chunks = buildRejectionNote({
    title: note.title,
    reason: note.title === 'quality' ? noteReason(note.reasonCode) : null,
    sopInstanceUid,
    seriesInstanceUid: newUid(),
    madeAt: { date: source?.made_date ?? '', time: source?.made_time ?? '' },
    ...identityOf(source),
    observer: await findObserverName(unit, note.accountId),
    institution: source?.hospital_name ?? '',
    description: '',
    language: 'zh-CN',
    softwareVersion,
    series: [...series].map(([instanceUid, rows]) => ({
      instanceUid,
      instances: rows.map((row) => ({
        sopClassUid: row.sop_class_uid,
        sopInstanceUid: row.sop_instance_uid,
        isImage: row.is_image,
      })),
    })),
  });
  return { sopInstanceUid, content: Buffer.from(joinChunks(chunks)) };
};

const identityOf = (source: NoteSource | undefined) => {
  const own = deviceIdentityOf(source);
  const corrected = copyFactsSchema.nullish().parse(source?.copy_facts);
  const identity = corrected?.identity ?? null;
  if (corrected === null || corrected === undefined || identity === null) return own;
  const { isOtherPerson } = corrected;
  return {
    patient: {
      name: identity.patientName,
      id: identity.dicomPatientId,
      issuer: identity.issuer,
      birthDate: (identity.birthDate ?? '').replaceAll('-', ''),
      sex: identity.sex ?? '',
    },
    study: { ...own.study, accessionNumber: identity.accessionNumber, id: isOtherPerson ? '' : own.study.id },
  };
};

const deviceIdentityOf = (source: NoteSource | undefined) => {
  const textOf = (name: string): string => {
    const value = source?.facts[name];
    return typeof value === 'string' ? value : '';
  };
  // Facts hold ISO 8601, the data set wants digits only.
  const digitsOf = (name: string): string => textOf(name).replaceAll(/[-:]/g, '');
  return {
    patient: {
      name: textOf('patientName'),
      id: textOf('patientId'),
      issuer: textOf('issuerOfPatientId'),
      birthDate: digitsOf('patientBirthDate'),
      sex: textOf('patientSex'),
    },
    study: {
      instanceUid: source?.study_instance_uid ?? '',
      date: digitsOf('studyDate'),
      time: digitsOf('studyTime'),
      accessionNumber: textOf('accessionNumber') || (source?.accession_number ?? ''),
      id: textOf('studyId'),
    },
  };
};
