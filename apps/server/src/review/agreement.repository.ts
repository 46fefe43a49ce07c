import type { Grade } from '@jiapian/kernel';
import type { Mark } from '@jiapian/rules';
import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';

/** Pairs of readings on one page; more would not change a coefficient in the second digit. */
const pairLimit = 20_000;

export interface ReadingPair {
  readonly filmId: string;
  readonly firstReader: string;
  readonly secondReader: string;
  readonly firstGrade: Grade;
  readonly secondGrade: Grade;
  readonly firstMarks: readonly Mark[];
  readonly secondMarks: readonly Mark[];
}

/** Films read twice since the moment, by two readers or by the same one again. */
export const findPairs = async (unit: UnitOfWork, kind: 'second' | 'repeat', since: Date): Promise<ReadingPair[]> => {
  const { rows } = await sql<{
    film_id: string;
    first_reader: string;
    second_reader: string;
    first_grade: Grade;
    second_grade: Grade;
    first_marks: Mark[];
    second_marks: Mark[];
  }>`
    select task.film_id, first_account.display_name as first_reader, second_account.display_name as second_reader,
      first.grade as first_grade, second.grade as second_grade, first.marks as first_marks, second.marks as second_marks
    from review_task task
      join reading first on first.hospital_id = task.hospital_id and first.reading_id = task.first_reading_id
      join reading second on second.hospital_id = task.hospital_id and second.reading_id = task.reading_id
      join account first_account
        on first_account.hospital_id = first.hospital_id and first_account.account_id = first.account_id
      join account second_account
        on second_account.hospital_id = second.hospital_id and second_account.account_id = second.account_id
    where task.hospital_id = ${unit.hospitalId} and task.kind = ${kind} and task.state = 'done'
      and task.closed_at >= ${since} and first.grade is not null and second.grade is not null
    order by task.closed_at desc limit ${pairLimit}`.execute(unit.db);
  return rows.map((row) => ({
    filmId: row.film_id,
    firstReader: row.first_reader,
    secondReader: row.second_reader,
    firstGrade: row.first_grade,
    secondGrade: row.second_grade,
    firstMarks: row.first_marks,
    secondMarks: row.second_marks,
  }));
};
