import { dueSoonMinutes } from '@jiapian/rules';
import { sql, type RawBuilder } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';

/** Minutes of the flow chart. */
const FLOW_MINUTES = 60;
const MINUTE_MS = 60_000;

const dayStart = (unit: UnitOfWork, now: Date): RawBuilder<Date> =>
  sql<Date>`(select date_trunc('day', ${now}::timestamptz at time zone time_zone) at time zone time_zone
    from hospital where hospital_id = ${unit.hospitalId})`;

export interface Stages {
  exams: number;
  instances: number;
  last_at: Date | null;
  ready: number;
  receiving: number;
  unknown_device: number;
  held: number;
  due_soon: number;
  quarantine: number;
  open_repeats: number;
}

/** The hospital's day in counts. */
export const countStages = async (unit: UnitOfWork, now: Date): Promise<Stages | undefined> => {
  const start = dayStart(unit, now);
  const dueSoon = new Date(now.getTime() + dueSoonMinutes * MINUTE_MS);
  const stages = await sql<Stages>`
    select
      (select count(*) from exam where hospital_id = ${unit.hospitalId} and first_received_at >= ${start}) as exams,
      (select count(*) from instance where hospital_id = ${unit.hospitalId} and received_at >= ${start}) as instances,
      (select max(last_received_at) from exam where hospital_id = ${unit.hospitalId}) as last_at,
      (select count(*) from exam where hospital_id = ${unit.hospitalId} and first_received_at >= ${start}
        and state = 'ready') as ready,
      (select count(*) from exam where hospital_id = ${unit.hospitalId} and state = 'receiving') as receiving,
      (select count(*) from device where hospital_id = ${unit.hospitalId} and named_at is null) as unknown_device,
      (select count(*) from gate where hospital_id = ${unit.hospitalId} and state = 'held') as held,
      (select count(*) from gate where hospital_id = ${unit.hospitalId} and state = 'held'
        and hold_until <= ${dueSoon}) as due_soon,
      (select count(*) from quarantined_object where hospital_id = ${unit.hospitalId} and state = 'waiting') as quarantine,
      (select count(*) from repeat_order where hospital_id = ${unit.hospitalId} and state = 'open') as open_repeats
  `.execute(unit.db);
  return stages.rows[0];
};

/** Exams that left today, by reason. */
export const countReleased = async (unit: UnitOfWork, now: Date): Promise<[string, number][]> => {
  const released = await sql<{ release_reason: string; exams: number }>`
    select release_reason, count(*) as exams from gate
    where hospital_id = ${unit.hospitalId} and state = 'released' and released_at >= ${dayStart(unit, now)}
    group by release_reason`.execute(unit.db);
  return released.rows.map((row) => [row.release_reason, row.exams]);
};

/** Exams on their way by state; of what has arrived, today's. */
export const countForwarded = async (unit: UnitOfWork, now: Date): Promise<[string, number][]> => {
  const forwarded = await sql<{ state: string; exams: number }>`
    select state, count(distinct exam_id) as exams from forward
    where hospital_id = ${unit.hospitalId} and (state <> 'sent' or answered_at >= ${dayStart(unit, now)})
    group by state`.execute(unit.db);
  return forwarded.rows.map((row) => [row.state, row.exams]);
};

/** Exams received and forwarded in each minute of the last hour. */
export const readFlow = async (
  unit: UnitOfWork,
  now: Date,
): Promise<{ minute: Date; received: number; forwarded: number }[]> => {
  const rows = await sql<{ minute: Date; received: number; forwarded: number }>`
    with minutes as (
      select generate_series(date_trunc('minute', ${now}::timestamptz) - make_interval(mins => ${FLOW_MINUTES - 1}),
        date_trunc('minute', ${now}::timestamptz), interval '1 minute') as minute),
    received as (
      select date_trunc('minute', first_received_at) as minute, count(*) as n from exam
      where hospital_id = ${unit.hospitalId} and first_received_at >= (select min(minute) from minutes) group by 1),
    forwarded as (
      select date_trunc('minute', answered_at) as minute, count(distinct exam_id) as n from forward
      where hospital_id = ${unit.hospitalId} and state = 'sent'
        and answered_at >= (select min(minute) from minutes) group by 1)
    select minutes.minute, coalesce(received.n, 0) as received, coalesce(forwarded.n, 0) as forwarded
    from minutes left join received using (minute) left join forwarded using (minute)
    order by minutes.minute`.execute(unit.db);
  return rows.rows;
};

/** What waits for each destination, and whether the way there is open. */
export const readDestinationQueues = async (unit: UnitOfWork) => {
  const queues = await sql<{
    destination_id: string;
    name: string;
    is_enabled: boolean;
    waiting: number;
    circuit_state: string | null;
    circuit_failures: number | null;
    circuit_changed_at: Date | null;
    next_trial_at: Date | null;
    last_answer: string | null;
  }>`
    select destination.destination_id, destination.name, destination.is_enabled, coalesce(queue.waiting, 0) as waiting,
      circuit.state as circuit_state, circuit.failures as circuit_failures, circuit.changed_at as circuit_changed_at,
      circuit.next_trial_at, coalesce(nullif(circuit.last_answer, ''), queue.last_answer) as last_answer
    from destination
    left join destination_circuit circuit using (hospital_id, destination_id)
    left join lateral (
      select count(*) as waiting, (array_agg(answer_text order by answered_at desc nulls last))[1] as last_answer
      from forward
      where forward.hospital_id = destination.hospital_id and forward.destination_id = destination.destination_id
        and forward.state in ('queued', 'sending', 'unconfirmed', 'failed', 'refused', 'parked')) queue on true
    where destination.hospital_id = ${unit.hospitalId}
    order by destination.name`.execute(unit.db);
  return queues.rows;
};
