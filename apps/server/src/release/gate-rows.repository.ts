import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';
import { rowsOf, type ListPage } from '../platform/list-page.ts';
import { isBehindKey, oldestFirst } from '../platform/list-key.ts';

export const positionCodes = sql<string[]>`coalesce((
  select array_agg(film.position_code order by film.created_at) filter (where film.position_code is not null)
  from film where film.hospital_id = exam.hospital_id and film.exam_id = exam.exam_id), '{}')`;

const gateKey = sql<string>`(gate.state = 'returned')::int || ${oldestFirst('gate.hold_until')}`;

/** What stands in the gate now, the next to leave first; returned exams last. */
export const findGateRows = (unit: UnitOfWork, page: ListPage) =>
  unit.db
    .selectFrom('gate')
    .innerJoin('exam', (join) =>
      join.onRef('exam.hospital_id', '=', 'gate.hospital_id').onRef('exam.exam_id', '=', 'gate.exam_id'),
    )
    .leftJoin('device', (join) =>
      join.onRef('device.hospital_id', '=', 'exam.hospital_id').onRef('device.device_id', '=', 'exam.device_id'),
    )
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('film')
          .select([
            sql<number>`count(*)`.as('film_count'),
            sql<number>`count(film.grade)`.as('graded_count'),
            sql<string | null>`(array_agg(film.grade
              order by array_position(array['reject','C','B','A'], film.grade)))[1]`.as('worst_grade'),
            sql<string | null>`(array_agg(film.film_id order by film.grade is not null, film.created_at))[1]`.as(
              'film_id',
            ),
          ])
          .whereRef('film.hospital_id', '=', 'gate.hospital_id')
          .whereRef('film.exam_id', '=', 'gate.exam_id')
          .as('films'),
      (join) => join.onTrue(),
    )
    .leftJoin('account as substitute', (join) =>
      join
        .onRef('substitute.hospital_id', '=', 'gate.hospital_id')
        .onRef('substitute.account_id', '=', 'gate.escalated_to'),
    )
    .select([
      'gate.exam_id',
      'gate.state',
      'gate.hold_until',
      'gate.hold_mode',
      'gate.rule_name',
      'gate.escalated_at',
      'substitute.display_name as escalated_to_name',
      'exam.accession_number',
      'exam.modality',
      'exam.description',
      'device.name as device_name',
      positionCodes.as('position_codes'),
      'films.film_count',
      'films.graded_count',
      'films.worst_grade',
      'films.film_id',
    ])
    .where('gate.hospital_id', '=', unit.hospitalId)
    .where('gate.state', 'in', ['held', 'returned'])
    .select(gateKey.as('list_key'))
    .where(isBehindKey(gateKey, sql`gate.exam_id`, page))
    .orderBy(gateKey)
    .orderBy(sql`gate.exam_id::text`)
    .limit(rowsOf(page))
    .execute();
