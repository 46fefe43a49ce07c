import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';
import type { PatientFacts } from './exam-facts.ts';
import { newOrderedId } from './ordered-id.ts';
import { recordRows } from '../platform/record-rows.ts';
import { spokenName } from './search-text.ts';

export const patientKeyOf = ({ dicomPatientId, issuer, name }: PatientFacts): string =>
  JSON.stringify([dicomPatientId, issuer, name]);

/** Patient key → patient number; another name under the same Patient ID is another patient until a person says otherwise. */
export const registerPatients = async (
  { db, hospitalId }: UnitOfWork,
  patients: ReadonlyMap<string, PatientFacts>,
  at: Date,
): Promise<Map<string, string>> => {
  const rows = [...patients.values()].map((patient) => ({
    patient_id: newOrderedId(at),
    dicom_patient_id: patient.dicomPatientId,
    issuer: patient.issuer,
    name: patient.name,
    name_pinyin: spokenName(patient.name),
    sex: patient.sex,
    birth_date: patient.birthDate,
  }));
  const columns =
    'patient_id uuid, dicom_patient_id text, issuer text, name text, name_pinyin text, sex text, birth_date date';
  const found = await sql<{ patient_id: string; dicom_patient_id: string; issuer: string; name: string }>`
    with wanted as (select * from ${recordRows(rows, columns)}),
    added as (
      insert into patient (hospital_id, patient_id, dicom_patient_id, issuer, name, name_pinyin, sex, birth_date)
      select ${hospitalId}::uuid, w.patient_id, w.dicom_patient_id, w.issuer, w.name, w.name_pinyin, w.sex, w.birth_date
      from wanted w
      on conflict (hospital_id, dicom_patient_id, issuer, name) do nothing
      returning patient_id, dicom_patient_id, issuer, name
    )
    select * from added
    union all
    select p.patient_id, p.dicom_patient_id, p.issuer, p.name
    from wanted w join patient p on p.hospital_id = ${hospitalId}
      and p.dicom_patient_id = w.dicom_patient_id and p.issuer = w.issuer and p.name = w.name`.execute(db);
  return new Map(
    found.rows.map((row) => [
      patientKeyOf({
        dicomPatientId: row.dicom_patient_id,
        issuer: row.issuer,
        name: row.name,
        sex: null,
        birthDate: null,
      }),
      row.patient_id,
    ]),
  );
};
