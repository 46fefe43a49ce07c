import { randomUUID } from 'node:crypto';
import type { TestDatabase } from './database.ts';

export interface ExamSeed {
  modality?: string;
  images?: number;
  /** Null: nobody has named the device. */
  priorityClass?: 'routine' | 'emergency' | null;
  holdMinutes?: number | null;
  technologistId?: string | null;
  bodyPart?: string;
  viewPosition?: string;
  at?: Date;
}

export interface SeededExam {
  examId: string;
  deviceId: string;
  accessionNumber: string;
  sopInstanceUids: string[];
}

let counter = 0;

/** One registered, complete exam with its device, as the register leaves it; rows only, no bytes. */
export const registerExam = async (test: TestDatabase, seed: ExamSeed = {}): Promise<SeededExam> => {
  counter += 1;
  const { modality = 'DX', images = 1, priorityClass = 'routine', holdMinutes = null } = seed;
  const at = seed.at ?? new Date('2026-11-24T02:00:00Z');
  const [examId, deviceId, patientId] = [randomUUID(), randomUUID(), randomUUID()];
  const accessionNumber = `DR26112401${String(counter).padStart(2, '0')}`;
  const study = `2.25.1000${counter}`;
  const hospital = test.hospitalId;
  await test.asOwner(
    `insert into device (hospital_id, device_id, name, modality, ae_title, priority_class, hold_minutes, named_at)
     values ($1, $2, $3, $4, $3, $5, $6, $7)`,
    [hospital, deviceId, `AE${counter}`, modality, priorityClass, holdMinutes, priorityClass === null ? null : at],
  );
  await test.asOwner(
    `insert into patient (hospital_id, patient_id, dicom_patient_id, name, sex) values ($1, $2, $3, '张三', 'M')`,
    [hospital, patientId, `P${counter}`],
  );
  await test.asOwner(
    `insert into exam (hospital_id, exam_id, study_instance_uid, patient_id, accession_number, modality, exam_at,
       device_id, technologist_id, state, first_received_at, last_received_at, ready_at, series_count, instance_count)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'ready', $7, $7, $7, 1, $10)`,
    [hospital, examId, study, patientId, accessionNumber, modality, at, deviceId, seed.technologistId ?? null, images],
  );
  const sopInstanceUids = await registerImages(
    test,
    { examId, study, images, at },
    {
      modality,
      bodyPartExamined: seed.bodyPart ?? 'CHEST',
      viewPosition: seed.viewPosition ?? 'PA',
    },
  );
  return { examId, deviceId, accessionNumber, sopInstanceUids };
};

const registerImages = async (
  test: TestDatabase,
  exam: { examId: string; study: string; images: number; at: Date },
  facts: Record<string, unknown>,
): Promise<string[]> => {
  const series = `${exam.study}.1`;
  await test.asOwner(
    `insert into series (hospital_id, series_instance_uid, exam_id, modality, instance_count) values ($1, $2, $3, $4, $5)`,
    [test.hospitalId, series, exam.examId, facts['modality'], exam.images],
  );
  const uids = Array.from({ length: exam.images }, (_, index) => `${series}.${index + 1}`);
  for (const [index, uid] of uids.entries()) {
    const objectId = `object-${uid}`;
    await test.asOwner(
      `insert into stored_object (hospital_id, object_id, sop_instance_uid, sha256, size_bytes, data_set_offset,
         transfer_syntax_uid, door, received_at) values ($1, $2, $3, '\\x00', 100, 0, '1.2.840.10008.1.2.1', 'dimse', $4)`,
      [test.hospitalId, objectId, uid, exam.at],
    );
    await test.asOwner(
      `insert into instance (hospital_id, sop_instance_uid, series_instance_uid, exam_id, object_id, sop_class_uid,
         instance_number, is_image, facts, received_at)
       values ($1, $2, $3, $4, $5, '1.2.840.10008.5.1.4.1.1.1.1', $6, true, $7, $8)`,
      [test.hospitalId, uid, series, exam.examId, objectId, index + 1, JSON.stringify(facts), exam.at],
    );
  }
  return uids;
};

/** An account that may grade, and the person behind it. */
export const registerReader = async (
  test: TestDatabase,
  username: string,
): Promise<{ accountId: string; staffId: string }> => {
  const [accountId, staffId] = [randomUUID(), randomUUID()];
  await test.asOwner(`insert into staff (hospital_id, staff_id, staff_number, name) values ($1, $2, $3, $3)`, [
    test.hospitalId,
    staffId,
    username,
  ]);
  await test.asOwner(
    `insert into account (hospital_id, account_id, username, password_hash, staff_id, display_name, roles)
     values ($1, $2, $3, 'none', $4, $3, '{reviewer}')`,
    [test.hospitalId, accountId, username, staffId],
  );
  return { accountId, staffId };
};
