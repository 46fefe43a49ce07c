import type { OrderedExam } from '@jiapian/rules';
import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';

/** What the orders of an exam ask for; one that was called off asks for nothing. */
export const findOrdersOfExam = async ({ db, hospitalId }: UnitOfWork, examId: string): Promise<OrderedExam[]> => {
  const { rows } = await sql<OrderedExam>`
    select dicom_patient_id as "patientId", coalesce(patient_sex, '') as "patientSex",
      coalesce(to_char(birth_date, 'YYYY-MM-DD'), '') as "birthDate", body_part as "bodyPart",
      procedure_name as "procedureName"
    from imaging_order where hospital_id = ${hospitalId} and exam_id = ${examId} and state <> 'cancelled'
    order by order_id`.execute(db);
  return rows;
};
