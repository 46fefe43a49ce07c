import type { WeekOfPerson } from '@jiapian/rules';
import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';

/** Graded and waiting films of a person and of the trainees whose films count for them, the newest first. */
export const findOwnFilms = async (
  unit: UnitOfWork,
  own: { staffId: string; fromDay: string; toDay: string; limit: number },
) => {
  const { rows } = await sql<{ film_id: string; is_of_trainee: boolean }>`
    select film.film_id, exam.technologist_id <> ${own.staffId}::uuid as is_of_trainee
    from film join exam on exam.hospital_id = film.hospital_id and exam.exam_id = film.exam_id
    where film.hospital_id = ${unit.hospitalId} and film.day between ${own.fromDay} and ${own.toDay}
      and (exam.technologist_id = ${own.staffId}
        or exam.technologist_id in (select trainee_staff_id from supervision
            where supervision.hospital_id = ${unit.hospitalId} and supervisor_staff_id = ${own.staffId})
          and accountable_staff(film.hospital_id, exam.technologist_id, film.day) = ${own.staffId})
    order by (film.state = 'graded') desc, film.graded_at desc nulls last, film.created_at desc, film.film_id
    limit ${own.limit}`.execute(unit.db);
  return rows;
};

export const findAcknowledgements = async (
  unit: UnitOfWork,
  accountId: string,
  readingIds: readonly string[],
): Promise<Map<string, Date>> => {
  if (readingIds.length === 0) return new Map();
  const rows = await unit.db
    .selectFrom('reading_acknowledgement')
    .select(['reading_id', 'at'])
    .where('hospital_id', '=', unit.hospitalId)
    .where('account_id', '=', accountId)
    .where('reading_id', 'in', readingIds)
    .execute();
  return new Map(rows.map((row) => [row.reading_id, row.at]));
};

export const insertAcknowledgement = async (
  unit: UnitOfWork,
  acknowledged: { readingId: string; accountId: string; at: Date },
): Promise<void> => {
  await unit.db
    .insertInto('reading_acknowledgement')
    .values({
      hospital_id: unit.hospitalId,
      reading_id: acknowledged.readingId,
      account_id: acknowledged.accountId,
      at: acknowledged.at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
};

/** Graded films by person and week; trainees' films stand with whoever they count for. */
export const countWeeks = async (unit: UnitOfWork, sinceDay: string): Promise<WeekOfPerson[]> => {
  const { rows } = await sql<{ staff_id: string; week: string; graded: number; good: number }>`
    select accountable_staff(film.hospital_id, exam.technologist_id, film.day) as staff_id,
      date_trunc('week', film.day)::date::text as week, count(*) as graded,
      count(*) filter (where film.grade in ('A', 'B')) as good
    from film join exam on exam.hospital_id = film.hospital_id and exam.exam_id = film.exam_id
    where film.hospital_id = ${unit.hospitalId} and film.day >= ${sinceDay} and film.state = 'graded'
      and exam.technologist_id is not null
    group by 1, 2`.execute(unit.db);
  return rows.map((row) => ({ staffId: row.staff_id, week: row.week, graded: row.graded, good: row.good }));
};

/** Items marked most on a person's films: what to learn. */
export const countOwnMarks = async (unit: UnitOfWork, staffId: string, sinceDay: string, limit: number) => {
  const { rows } = await sql<{ code: string; count: number }>`
    select mark ->> 'code' as code, count(*) as count
    from film
      join exam on exam.hospital_id = film.hospital_id and exam.exam_id = film.exam_id
      join reading on reading.hospital_id = film.hospital_id and reading.reading_id = film.reading_id
      cross join lateral jsonb_array_elements(reading.marks) as mark
    where film.hospital_id = ${unit.hospitalId} and film.day >= ${sinceDay}
      and accountable_staff(film.hospital_id, exam.technologist_id, film.day) = ${staffId}
    group by 1 order by 2 desc, 1 limit ${limit}`.execute(unit.db);
  return rows;
};

export const findTimeZone = async (unit: UnitOfWork): Promise<string> => {
  const hospital = await unit.db
    .selectFrom('hospital')
    .select('time_zone')
    .where('hospital_id', '=', unit.hospitalId)
    .executeTakeFirstOrThrow();
  return hospital.time_zone;
};
