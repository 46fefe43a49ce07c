import type { ExamRow } from '@jiapian/contract';
import { grades } from '@jiapian/kernel';
import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';

/** Columns of a list row, over `exam e` and the tables that belong to it. */
const rowColumns = sql`
  e.exam_id, e.study_instance_uid, e.accession_number, p.name as patient_name, p.dicom_patient_id, p.sex,
  e.patient_age, e.modality, e.description, e.body_part, e.exam_at, e.exam_at_is_known, e.device_id,
  d.name as device_name, r.name as room_name, e.operator_name, e.technologist_id, s.name as technologist_name,
  e.priority, e.state, e.reopened_at, e.series_count, e.instance_count, e.version, e.institution_name, e.oddities,
  coalesce(g.state, 'none') as gate_state, g.hold_until, f.film_count, f.graded_count, f.worst_grade, f.position_codes,
  c.kinds as correction_kinds, c.original as correction_original`;

const rowTables = sql`
  join patient p on p.hospital_id = e.hospital_id and p.patient_id = e.patient_id
  left join device d on d.hospital_id = e.hospital_id and d.device_id = e.device_id
  left join room r on r.hospital_id = d.hospital_id and r.room_id = d.room_id
  left join staff s on s.hospital_id = e.hospital_id and s.staff_id = e.technologist_id
  left join gate g on g.hospital_id = e.hospital_id and g.exam_id = e.exam_id
  left join lateral (
    select count(*)::integer as film_count, count(grade)::integer as graded_count,
      max(array_position(${sql.raw(`array['${grades.join("','")}']`)}, grade)) as worst_grade,
      array_agg(position_code order by created_at, film_id) filter (where position_code is not null) as position_codes
    from film where film.hospital_id = e.hospital_id and film.exam_id = e.exam_id
  ) f on true
  left join lateral (
    select array_agg(distinct kind) as kinds,
      (array_agg(before -> 'identity' order by decided_at) filter (where kind in ('patient', 'merge')))[1] as original
    from correction where correction.hospital_id = e.hospital_id and correction.state = 'in-force'
      and correction.undoes is null and (correction.exam_id = e.exam_id or correction.target_exam_id = e.exam_id)
  ) c on true`;

export interface StoredExamRow {
  exam_id: string;
  study_instance_uid: string;
  accession_number: string;
  patient_name: string;
  dicom_patient_id: string;
  sex: string | null;
  patient_age: string;
  modality: string;
  description: string;
  body_part: string;
  exam_at: Date;
  exam_at_is_known: boolean;
  device_id: string | null;
  device_name: string | null;
  room_name: string | null;
  operator_name: string;
  technologist_id: string | null;
  technologist_name: string | null;
  priority: ExamRow['priority'];
  state: ExamRow['state'];
  reopened_at: Date | null;
  series_count: number;
  instance_count: number;
  version: number;
  institution_name: string;
  oddities: { keyword: string; reason: string }[];
  gate_state: string;
  hold_until: Date | null;
  film_count: number;
  graded_count: number;
  worst_grade: number | null;
  position_codes: string[] | null;
  correction_kinds: string[] | null;
  correction_original: { patientName: string; dicomPatientId: string; accessionNumber: string } | null;
}

/** List rows of these exams, newest first. */
export const loadExamRows = async (
  { db, hospitalId }: UnitOfWork,
  examIds: readonly string[],
): Promise<StoredExamRow[]> => {
  if (examIds.length === 0) return [];
  const found = await sql<StoredExamRow>`
    select ${rowColumns} from exam e ${rowTables}
    where e.hospital_id = ${hospitalId} and e.exam_id = any(${examIds}::uuid[])
    order by e.exam_at desc, e.exam_id desc`.execute(db);
  return found.rows;
};

export const asExamRow = (row: StoredExamRow): ExamRow => ({
  examId: row.exam_id,
  studyInstanceUid: row.study_instance_uid,
  accessionNumber: row.accession_number,
  patientName: row.patient_name,
  dicomPatientId: row.dicom_patient_id,
  patientSex: row.sex,
  patientAge: row.patient_age,
  modality: row.modality,
  description: row.description,
  bodyPart: row.body_part,
  positionCodes: [...new Set(row.position_codes)],
  examAt: row.exam_at.toISOString(),
  examAtIsKnown: row.exam_at_is_known,
  deviceId: row.device_id,
  deviceName: row.device_name,
  roomName: row.room_name,
  operatorName: row.operator_name,
  technologistId: row.technologist_id,
  technologistName: row.technologist_name,
  priority: row.priority,
  state: row.state,
  reopenedAt: row.reopened_at?.toISOString() ?? null,
  seriesCount: row.series_count,
  instanceCount: row.instance_count,
  gateState: row.gate_state,
  holdUntil: row.hold_until?.toISOString() ?? null,
  filmCount: row.film_count,
  gradedCount: row.graded_count,
  worstGrade: row.worst_grade === null ? null : (grades[row.worst_grade - 1] ?? null),
  correction: correctionOf(row),
});

const correctionOf = ({ correction_kinds, correction_original }: StoredExamRow): ExamRow['correction'] =>
  correction_kinds === null
    ? null
    : {
        kinds: correction_kinds,
        originalPatientName: correction_original?.patientName ?? null,
        originalPatientId: correction_original?.dicomPatientId ?? null,
        originalAccessionNumber: correction_original?.accessionNumber ?? null,
      };
