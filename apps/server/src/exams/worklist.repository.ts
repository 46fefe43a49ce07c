import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';

/** One scheduled step as the worklist gives it; times are local to the hospital, as DICOM writes them. */
export interface WorklistRow {
  accession_number: string;
  requested_procedure_id: string;
  scheduled_step_id: string;
  order_key: string;
  study_instance_uid: string;
  dicom_patient_id: string;
  issuer: string;
  patient_name: string;
  patient_sex: string | null;
  birth_date: string | null;
  procedure_code: string;
  procedure_name: string;
  modality: string;
  priority: 'unknown' | 'routine' | 'emergency';
  ward: string;
  station_ae_title: string;
  station_name: string;
  referring_physician: string;
  reason: string;
  day: string;
  time: string;
}

/** Matching keys (PS3.4 annex K.6.1); an empty one matches everything. Days and times as DICOM ranges, ends inside. */
export interface WorklistKeys {
  accessionNumber: string;
  patientId: string;
  /** With `*` and `?` as wild cards. */
  patientName: string;
  modality: string;
  stationAeTitle: string;
  scheduledStepId: string;
  requestedProcedureId: string;
  studyInstanceUid: string;
  fromDay: string;
  toDay: string;
  fromTime: string;
  toTime: string;
}

/** `*` and `?` as LIKE has them; letters of either case, as names are matched. */
const likeOf = (pattern: string): string =>
  pattern
    .replace(/[\\%_]/g, '\\$&')
    .replaceAll('*', '%')
    .replaceAll('?', '_');

/** Orders that are still expected or begun; those without a station are for every station of their modality. */
export const findWorklist = async (
  { db, hospitalId }: UnitOfWork,
  keys: WorklistKeys,
  limit: number,
): Promise<WorklistRow[]> => {
  const same = (column: string, value: string) => sql<boolean>`(${value} = '' or ${sql.ref(column)} = ${value})`;
  const found = await sql<WorklistRow>`
    select w.* from (
      select o.*, to_char(coalesce(o.scheduled_at, o.received_at) at time zone h.time_zone, 'YYYYMMDD') as day,
        to_char(coalesce(o.scheduled_at, o.received_at) at time zone h.time_zone, 'HH24MISS') as time
      from imaging_order o join hospital h on h.hospital_id = o.hospital_id
      where o.hospital_id = ${hospitalId} and o.state in ('expected', 'started')) w
    where ${same('accession_number', keys.accessionNumber)} and ${same('dicom_patient_id', keys.patientId)}
      and ${same('modality', keys.modality)} and ${same('requested_procedure_id', keys.requestedProcedureId)}
      and ${same('study_instance_uid', keys.studyInstanceUid)}
      and (${keys.scheduledStepId} = '' or coalesce(nullif(scheduled_step_id, ''), order_key) = ${keys.scheduledStepId})
      and (${keys.stationAeTitle} = '' or station_ae_title in ('', ${keys.stationAeTitle}))
      and (${keys.patientName} = '' or patient_name ilike ${likeOf(keys.patientName)}
        or replace(patient_name, '^', '') ilike ${likeOf(keys.patientName.replaceAll('^', ''))})
      and (${keys.fromDay} = '' or day >= ${keys.fromDay}) and (${keys.toDay} = '' or day <= ${keys.toDay})
      and (${keys.fromTime} = '' or time >= ${keys.fromTime}) and (${keys.toTime} = '' or time <= ${keys.toTime})
    order by day, time, order_key limit ${limit}`.execute(db);
  return found.rows;
};
