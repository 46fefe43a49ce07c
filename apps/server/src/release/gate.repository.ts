import type { GateState } from '@jiapian/rules';
import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';

/** The gate of one exam, made on first sight and locked until the transaction ends. */
export const lockGate = async (unit: UnitOfWork, examId: string): Promise<{ state: GateState; version: number }> => {
  await unit.db
    .insertInto('gate')
    .values({ hospital_id: unit.hospitalId, exam_id: examId, state: 'none' })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const row = await unit.db
    .selectFrom('gate')
    .select(['state', 'version'])
    .where('hospital_id', '=', unit.hospitalId)
    .where('exam_id', '=', examId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  return { state: row.state as GateState, version: row.version };
};

export interface GateChange {
  state: GateState;
  hold_reason?: string;
  held_at?: Date | null;
  hold_until?: Date | null;
  released_at?: Date | null;
  release_reason?: string | null;
  released_by?: string | null;
}

export const updateGate = async (unit: UnitOfWork, examId: string, change: GateChange): Promise<void> => {
  await unit.db
    .updateTable('gate')
    .set((eb) => ({ ...change, version: eb('version', '+', 1) }))
    .where('hospital_id', '=', unit.hospitalId)
    .where('exam_id', '=', examId)
    .execute();
};

/** Held exams whose time is up. */
export const findOverdueGates = async (unit: UnitOfWork, now: Date, limit: number): Promise<string[]> => {
  const rows = await unit.db
    .selectFrom('gate')
    .select('exam_id')
    .where('hospital_id', '=', unit.hospitalId)
    .where('state', '=', 'held')
    .where('hold_until', '<=', now)
    .orderBy('hold_until')
    .limit(limit)
    .execute();
  return rows.map((row) => row.exam_id);
};

/** What the hold policy asks about an exam. */
export const findHoldFacts = (unit: UnitOfWork, examId: string) =>
  unit.db
    .selectFrom('exam')
    .leftJoin('device', (join) =>
      join.onRef('device.hospital_id', '=', 'exam.hospital_id').onRef('device.device_id', '=', 'exam.device_id'),
    )
    .select(['exam.priority', 'device.priority_class', 'device.hold_minutes', 'device.named_at'])
    .where('exam.hospital_id', '=', unit.hospitalId)
    .where('exam.exam_id', '=', examId)
    .executeTakeFirst();

const positionCodes = sql<string[]>`coalesce((
  select array_agg(film.position_code order by film.created_at) filter (where film.position_code is not null)
  from film where film.hospital_id = exam.hospital_id and film.exam_id = exam.exam_id), '{}')`;

/** What stands in the gate now, the next to leave first; returned exams last. */
export const findGateRows = (unit: UnitOfWork, offset: number, limit: number) =>
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
    .select([
      'gate.exam_id',
      'gate.state',
      'gate.hold_until',
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
    .orderBy(sql`gate.state = 'returned'`)
    .orderBy('gate.hold_until')
    .orderBy('gate.exam_id')
    .offset(offset)
    .limit(limit)
    .execute();

export { positionCodes };
