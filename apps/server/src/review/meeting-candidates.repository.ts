import type { Grade } from '@jiapian/kernel';
import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';

export type MeetingCause = 'disputed' | 'rejected' | 'chosen';

export interface MeetingCandidate {
  film_id: string;
  because: MeetingCause;
  grade: Grade | null;
  modality: string;
  position_code: string | null;
  laterality: string | null;
  description: string;
  accession_number: string;
  technologist_id: string | null;
  accountable_id: string | null;
}

/** Disputed: an arbitration waits for the film. A 废 comes as rejected, whatever else is asked of it. */
const cause = sql<MeetingCause>`case
  when exists (select from review_task where review_task.hospital_id = film.hospital_id
    and review_task.film_id = film.film_id and review_task.kind = 'arbitration' and review_task.state = 'open')
  then 'disputed' when film.grade = 'reject' then 'rejected' else 'chosen' end`;

const columns = sql`film.film_id, ${cause} as because, film.grade, exam.modality, film.position_code, film.laterality,
  exam.description, exam.accession_number, exam.technologist_id,
  accountable_staff(film.hospital_id, exam.technologist_id, film.day) as accountable_id`;

/** What a meeting has to know of the films it is about; a film that is not there is left out. */
export const findMeetingCauses = async (
  unit: UnitOfWork,
  filmIds: readonly string[],
): Promise<Map<string, MeetingCandidate>> => {
  const { rows } = await sql<MeetingCandidate>`
    select ${columns} from film
      join exam on exam.hospital_id = film.hospital_id and exam.exam_id = film.exam_id
    where film.hospital_id = ${unit.hospitalId} and film.film_id = any(${filmIds}::uuid[])`.execute(unit.db);
  return new Map(rows.map((row) => [row.film_id, row]));
};

/** Films that ask for a meeting: disputed ones whatever their day, and the rejects of the last days. */
export const findMeetingCandidates = async (
  unit: UnitOfWork,
  sinceDay: string,
  limit: number,
): Promise<MeetingCandidate[]> => {
  const { rows } = await sql<MeetingCandidate>`
    select ${columns} from film
      join exam on exam.hospital_id = film.hospital_id and exam.exam_id = film.exam_id
    where film.hospital_id = ${unit.hospitalId}
      and (film.grade = 'reject' and film.day >= ${sinceDay}::date
        or film.film_id in (select review_task.film_id from review_task
          where review_task.hospital_id = ${unit.hospitalId}
            and review_task.kind = 'arbitration' and review_task.state = 'open'))
      and not exists (select from meeting_film held where held.hospital_id = film.hospital_id
        and held.film_id = film.film_id and held.decided_at is not null)
    order by 2, film.day, film.created_at, film.film_id limit ${limit}`.execute(unit.db);
  return rows;
};

/** The people a leader may put on the list of a meeting. */
export const findMeetingPeople = (unit: UnitOfWork) =>
  unit.db
    .selectFrom('staff')
    .select(['staff_id', 'name'])
    .where('hospital_id', '=', unit.hospitalId)
    .where('is_active', '=', true)
    .orderBy('staff_number')
    .execute();
