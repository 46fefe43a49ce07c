import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';

/**
 * Queues every object of a released exam for every enabled destination, once each; a film graded 废 stays here, and a
 * whole exam graded 废 with it. Answers how many were queued.
 */
export const queueForwards = async (unit: UnitOfWork, examId: string, at: Date): Promise<number> => {
  const queued = await sql`
    insert into forward (hospital_id, exam_id, sop_instance_uid, destination_id, queued_at, next_attempt_at)
    select instance.hospital_id, instance.exam_id, instance.sop_instance_uid, destination.destination_id, ${at}, ${at}
    from instance
    join destination on destination.hospital_id = instance.hospital_id and destination.is_enabled
    where instance.hospital_id = ${unit.hospitalId} and instance.exam_id = ${examId}
      and not exists (
        select from film
        where film.hospital_id = instance.hospital_id and film.exam_id = instance.exam_id and film.grade = 'reject'
          and (film.kind = 'exam' or film.sop_instance_uid = instance.sop_instance_uid))
    order by instance.series_instance_uid, instance.instance_number
    on conflict (hospital_id, destination_id, sop_instance_uid) do update
      set state = 'queued', attempts = 0, next_attempt_at = excluded.next_attempt_at
      where forward.state = 'cancelled'`.execute(unit.db);
  return Number(queued.numAffectedRows ?? 0n);
};

/** Takes back what has not left yet of a film that became 废; what has left stays where it is. */
export const cancelForwards = async (
  unit: UnitOfWork,
  film: { exam_id: string; sop_instance_uid: string | null },
): Promise<void> => {
  let query = unit.db
    .updateTable('forward')
    .set({ state: 'cancelled' })
    .where('hospital_id', '=', unit.hospitalId)
    .where('exam_id', '=', film.exam_id)
    .where('state', 'in', ['queued', 'failed', 'refused', 'parked']);
  if (film.sop_instance_uid !== null) query = query.where('sop_instance_uid', '=', film.sop_instance_uid);
  await query.execute();
};
