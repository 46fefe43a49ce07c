import type { ReleaseOverview } from '@jiapian/contract';
import { dueSoonMinutes } from '@jiapian/rules';
import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';
import { listDestinations } from './forward.repository.ts';

/** Minutes of the flow chart. */
const FLOW_MINUTES = 60;

/** The corridor of the hospital's day in one look: received, registered, held, released, forwarded. */
export const readOverview = async (unit: UnitOfWork, now: Date): Promise<ReleaseOverview> => {
  const dayStart = sql<Date>`(select date_trunc('day', ${now}::timestamptz at time zone time_zone) at time zone time_zone
    from hospital where hospital_id = ${unit.hospitalId})`;
  const stages = await sql<Stages>`
    select
      (select count(*) from exam where hospital_id = ${unit.hospitalId} and first_received_at >= ${dayStart}) as exams,
      (select count(*) from instance where hospital_id = ${unit.hospitalId} and received_at >= ${dayStart}) as instances,
      (select max(last_received_at) from exam where hospital_id = ${unit.hospitalId}) as last_at,
      (select count(*) from exam where hospital_id = ${unit.hospitalId} and first_received_at >= ${dayStart}
        and state = 'ready') as ready,
      (select count(*) from exam where hospital_id = ${unit.hospitalId} and state = 'receiving') as receiving,
      (select count(*) from device where hospital_id = ${unit.hospitalId} and named_at is null) as unknown_device,
      (select count(*) from gate where hospital_id = ${unit.hospitalId} and state = 'held') as held,
      (select count(*) from gate where hospital_id = ${unit.hospitalId} and state = 'held'
        and hold_until <= ${new Date(now.getTime() + dueSoonMinutes * 60_000)}) as due_soon,
      (select count(*) from quarantined_object where hospital_id = ${unit.hospitalId} and state = 'waiting') as quarantine,
      (select count(*) from repeat_order where hospital_id = ${unit.hospitalId} and state = 'open') as open_repeats
  `.execute(unit.db);
  const released = await sql<{ release_reason: string; exams: number }>`
    select release_reason, count(*) as exams from gate
    where hospital_id = ${unit.hospitalId} and state = 'released' and released_at >= ${dayStart}
    group by release_reason`.execute(unit.db);
  const forwarded = await sql<{ state: string; exams: number }>`
    select state, count(distinct exam_id) as exams from forward
    where hospital_id = ${unit.hospitalId} and (state <> 'sent' or answered_at >= ${dayStart})
    group by state`.execute(unit.db);
  const stage = stages.rows[0];
  const releasedBy = countsOf(released.rows.map((row) => [row.release_reason, row.exams]));
  const forwardedAs = countsOf(forwarded.rows.map((row) => [row.state, row.exams]));
  return {
    received: {
      exams: stage?.exams ?? 0,
      instances: stage?.instances ?? 0,
      lastAt: stage?.last_at?.toISOString() ?? null,
    },
    registered: {
      ready: stage?.ready ?? 0,
      receiving: stage?.receiving ?? 0,
      unknownDevice: stage?.unknown_device ?? 0,
    },
    gate: { held: stage?.held ?? 0, dueSoon: stage?.due_soon ?? 0 },
    released: {
      graded: releasedBy('graded'),
      missed: releasedBy('missed'),
      emergency: releasedBy('emergency') + releasedBy('unnamed-device'),
      byPerson: releasedBy('by-person'),
      total: released.rows.reduce((sum, row) => sum + row.exams, 0),
    },
    forwarded: {
      sentExams: forwardedAs('sent'),
      queued: forwardedAs('queued') + forwardedAs('sending'),
      failed: forwardedAs('failed'),
      refused: forwardedAs('refused') + forwardedAs('parked'),
    },
    quarantine: stage?.quarantine ?? 0,
    openRepeats: stage?.open_repeats ?? 0,
    flow: await readFlow(unit, now),
    destinations: await readDestinations(unit),
  };
};

interface Stages {
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

const countsOf = (pairs: (readonly [string, number])[]): ((key: string) => number) => {
  const counts = new Map(pairs);
  return (key) => counts.get(key) ?? 0;
};

const readFlow = async (unit: UnitOfWork, now: Date): Promise<ReleaseOverview['flow']> => {
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
  return rows.rows.map((row) => ({ ...row, minute: row.minute.toISOString() }));
};

const readDestinations = async (unit: UnitOfWork): Promise<ReleaseOverview['destinations']> => {
  const destinations = await listDestinations(unit);
  const queues = await sql<{
    destination_id: string;
    waiting: number;
    failed: number;
    next_attempt_at: Date | null;
    last_answer: string | null;
  }>`
    select destination_id, count(*) as waiting, count(*) filter (where state = 'failed') as failed,
      min(next_attempt_at) filter (where state = 'failed') as next_attempt_at,
      (array_agg(answer_text order by answered_at desc nulls last))[1] as last_answer
    from forward
    where hospital_id = ${unit.hospitalId} and state in ('queued', 'sending', 'failed', 'refused', 'parked')
    group by destination_id`.execute(unit.db);
  const byDestination = new Map(queues.rows.map((row) => [row.destination_id, row]));
  return destinations.map((destination) => {
    const queue = byDestination.get(destination.destination_id);
    return {
      destinationId: destination.destination_id,
      name: destination.name,
      isEnabled: destination.is_enabled,
      waiting: queue?.waiting ?? 0,
      isDown: (queue?.failed ?? 0) > 0,
      lastAnswer: queue?.last_answer ?? null,
      nextAttemptAt: queue?.next_attempt_at?.toISOString() ?? null,
    };
  });
};
