import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';
import type { Viewer } from '../review/index.ts';

/** Consultations on one page; older ones are found by their exam. */
const shownConsultations = 200;

export interface ConsultationLine {
  readonly consultation_id: string;
  readonly state: 'asked' | 'judging' | 'open' | 'signed' | 'declined' | 'withdrawn' | 'called-off';
  readonly task_id: string | null;
  readonly exam_id: string;
  readonly question: string;
  readonly asked_by: string;
  readonly asked_at: Date;
  readonly asked_by_name: string;
  readonly chair_account_id: string | null;
  readonly chair_name: string | null;
  readonly convened_at: Date | null;
  readonly opened_at: Date | null;
  readonly closed_at: Date | null;
  readonly close_reason: string;
  readonly conclusion: string;
  readonly modality: string;
  readonly description: string;
  readonly accession_number: string;
  readonly films: number;
  readonly judges: number;
  readonly judged: number;
  readonly is_own_film: boolean;
  readonly is_judge: boolean;
}

/** Consultations this person may see: those they asked for or judge in, and every one for senior staff. */
export const findConsultations = async (
  unit: UnitOfWork,
  viewer: Viewer,
  of: { isSenior: boolean; isCurrent: boolean | null; consultationId: string | null },
): Promise<ConsultationLine[]> => {
  const { rows } = await sql<ConsultationLine>`
    with line as (
      select c.*, asker.display_name as asked_by_name, chair.display_name as chair_name,
        exam.modality, exam.description, exam.accession_number,
        (select count(*) from consultation_film f where f.hospital_id = c.hospital_id
          and f.consultation_id = c.consultation_id)::int as films,
        (select count(*) from consultation_judge j where j.hospital_id = c.hospital_id
          and j.consultation_id = c.consultation_id and j.excused_at is null)::int as judges,
        (select count(*) from consultation_signature s where s.hospital_id = c.hospital_id
          and s.consultation_id = c.consultation_id and s.signs = 'opinion')::int as judged,
        exists (select from consultation_film f
          join film on film.hospital_id = f.hospital_id and film.film_id = f.film_id
          where f.hospital_id = c.hospital_id and f.consultation_id = c.consultation_id
            and ${viewer.staffId}::uuid in
              (exam.technologist_id, accountable_staff(film.hospital_id, exam.technologist_id, film.day))) as is_own_film,
        exists (select from consultation_judge j where j.hospital_id = c.hospital_id
          and j.consultation_id = c.consultation_id and j.account_id = ${viewer.accountId}
          and j.excused_at is null) as is_judge
      from consultation c
        join exam on exam.hospital_id = c.hospital_id and exam.exam_id = c.exam_id
        join account asker on asker.hospital_id = c.hospital_id and asker.account_id = c.asked_by
        left join account chair on chair.hospital_id = c.hospital_id and chair.account_id = c.chair_account_id
      where c.hospital_id = ${unit.hospitalId}
        and (${of.consultationId}::uuid is null or c.consultation_id = ${of.consultationId}::uuid)
        and (${of.isCurrent}::boolean is null or (c.closed_at is null) = ${of.isCurrent}::boolean))
    select * from line
    where ${of.isSenior} or is_judge or asked_by = ${viewer.accountId}
    order by asked_at desc, consultation_id limit ${shownConsultations}`.execute(unit.db);
  return rows;
};
