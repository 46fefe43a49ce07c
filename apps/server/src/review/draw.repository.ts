import type { Candidate, DrawnCandidate, SamplingPlan, Shift } from '@jiapian/rules';
import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';

/** Unread films of some days with what the plan asks of them; the rows are locked until the draw is written. */
export const lockCandidates = async (
  unit: UnitOfWork,
  { fromDay, toDay, reviewedSince, now }: { fromDay: string; toDay: string; reviewedSince: Date; now: Date },
): Promise<(Omit<Candidate, 'shift'> & { hour: number; examId: string })[]> => {
  const { rows } = await sql<{
    film_id: string;
    exam_id: string;
    technologist: string | null;
    device: string | null;
    position: string | null;
    hour: number;
    is_emergency: boolean;
    has_finding: boolean;
    days_unreviewed: number | null;
  }>`
    with reviewed as (
      select exam.device_id, film.position_code, max(film.graded_at) as at
      from film join exam on exam.hospital_id = film.hospital_id and exam.exam_id = film.exam_id
      where film.hospital_id = ${unit.hospitalId} and film.graded_at >= ${reviewedSince}
      group by exam.device_id, film.position_code)
    select film.film_id, film.exam_id,
      accountable_staff(film.hospital_id, exam.technologist_id, film.day)::text as technologist,
      exam.device_id::text as device, film.position_code as position,
      extract(hour from exam.exam_at at time zone hospital.time_zone)::int as hour,
      exam.priority = 'emergency' or device.priority_class is not distinct from 'emergency' as is_emergency,
      exists (select from analysis_run run
        join finding on finding.hospital_id = run.hospital_id and finding.run_id = run.run_id
        where run.hospital_id = film.hospital_id and run.exam_id = film.exam_id
          and (film.kind = 'exam' or run.subject_uid = film.sop_instance_uid)
          and finding.severity <> 'info' and not finding.is_silent) as has_finding,
      extract(day from ${now}::timestamptz - reviewed.at)::int as days_unreviewed
    from film
      join exam on exam.hospital_id = film.hospital_id and exam.exam_id = film.exam_id
      join hospital on hospital.hospital_id = film.hospital_id
      left join device on device.hospital_id = exam.hospital_id and device.device_id = exam.device_id
      left join reviewed on reviewed.device_id is not distinct from exam.device_id
        and reviewed.position_code is not distinct from film.position_code
    where film.hospital_id = ${unit.hospitalId} and film.day between ${fromDay} and ${toDay} and film.state = 'waiting'
    for update of film`.execute(unit.db);
  return rows.map((row) => ({
    filmId: row.film_id,
    examId: row.exam_id,
    technologist: row.technologist,
    device: row.device,
    position: row.position,
    hour: row.hour,
    isEmergency: row.is_emergency,
    hasFinding: row.has_finding,
    daysUnreviewed: row.days_unreviewed,
  }));
};

export interface NewDraw {
  readonly drawId: string;
  readonly at: Date;
  readonly accountId: string | null;
  readonly fromDay: string;
  readonly toDay: string;
  readonly policyVersion: number;
  readonly plan: SamplingPlan;
  readonly seed: string;
  readonly strata: string;
  readonly drawnCount: number;
  readonly candidates: readonly (Candidate & Pick<DrawnCandidate, 'stratum' | 'because'>)[];
}

/** The draw with all its candidates, so that it can be repeated. */
export const insertDraw = async (unit: UnitOfWork, draw: NewDraw): Promise<void> => {
  const { candidates } = draw;
  await unit.db
    .insertInto('sampling_draw')
    .values({
      hospital_id: unit.hospitalId,
      draw_id: draw.drawId,
      drawn_at: draw.at,
      drawn_by: draw.accountId,
      from_day: draw.fromDay,
      to_day: draw.toDay,
      policy_version: draw.policyVersion,
      plan: JSON.stringify(draw.plan),
      seed: draw.seed,
      strata: draw.strata,
      candidate_count: candidates.length,
      drawn_count: draw.drawnCount,
    })
    .execute();
  const column = <Value>(pick: (candidate: NewDraw['candidates'][number]) => Value): Value[] => candidates.map(pick);
  await sql`
    insert into sampling_candidate (hospital_id, draw_id, film_id, stratum, because, technologist, device, position,
      shift, is_emergency, has_finding, days_unreviewed)
    select ${unit.hospitalId}, ${draw.drawId}, * from unnest(
      ${column((each) => each.filmId)}::uuid[], ${column((each) => each.stratum)}::text[],
      ${column((each) => each.because)}::text[], ${column((each) => each.technologist)}::text[],
      ${column((each) => each.device)}::text[], ${column((each) => each.position)}::text[],
      ${column((each) => each.shift)}::text[], ${column((each) => each.isEmergency)}::boolean[],
      ${column((each) => each.hasFinding)}::boolean[], ${column((each) => each.daysUnreviewed)}::int[])`.execute(
    unit.db,
  );
};

/** Films the draw left out need not be read (未抽中). Answers the exams whose gate waits for one of them. */
export const leaveOut = async (unit: UnitOfWork, filmIds: readonly string[]): Promise<string[]> => {
  if (filmIds.length === 0) return [];
  const { rows } = await sql<{ exam_id: string }>`
    with left_out as (
      update film set state = 'not-sampled', is_missed_review = false, version = version + 1
      where hospital_id = ${unit.hospitalId} and film_id = any(${filmIds}::uuid[]) and state = 'waiting'
      returning exam_id)
    select distinct left_out.exam_id from left_out
      join gate on gate.hospital_id = ${unit.hospitalId} and gate.exam_id = left_out.exam_id
    where gate.state = 'held'`.execute(unit.db);
  return rows.map((row) => row.exam_id);
};

/** The last draws with their quota: how many of the drawn films have been read by now. */
export const findDraws = (unit: UnitOfWork, limit: number) =>
  unit.db
    .selectFrom('sampling_draw')
    .leftJoin('account', (join) =>
      join
        .onRef('account.hospital_id', '=', 'sampling_draw.hospital_id')
        .onRef('account.account_id', '=', 'sampling_draw.drawn_by'),
    )
    .selectAll('sampling_draw')
    .select('account.display_name')
    .where('sampling_draw.hospital_id', '=', unit.hospitalId)
    .orderBy('drawn_at', 'desc')
    .limit(limit)
    .execute();
export type DrawRow = Awaited<ReturnType<typeof findDraws>>[number];

export const countRead = async (unit: UnitOfWork, drawIds: readonly string[]) => {
  const { rows } = await sql<{ draw_id: string; stratum: string; read: number }>`
    select candidate.draw_id, candidate.stratum, count(*) as read
    from sampling_candidate candidate
      join film on film.hospital_id = candidate.hospital_id and film.film_id = candidate.film_id
    where candidate.hospital_id = ${unit.hospitalId} and candidate.draw_id = any(${drawIds}::uuid[])
      and candidate.because is not null and film.state = 'graded'
    group by candidate.draw_id, candidate.stratum`.execute(unit.db);
  return rows;
};

/** A draw's candidates as they were when it was drawn. */
export const findCandidates = async (unit: UnitOfWork, drawId: string) => {
  const rows = await unit.db
    .selectFrom('sampling_candidate')
    .selectAll()
    .where('hospital_id', '=', unit.hospitalId)
    .where('draw_id', '=', drawId)
    .execute();
  return rows.map((row) => ({
    filmId: row.film_id,
    because: row.because,
    technologist: row.technologist,
    device: row.device,
    position: row.position,
    shift: row.shift as Shift,
    isEmergency: row.is_emergency,
    hasFinding: row.has_finding,
    daysUnreviewed: row.days_unreviewed,
  }));
};

/** Names of staff and devices for the labels of strata. */
export const findNames = async (unit: UnitOfWork): Promise<Map<string, string>> => {
  const staff = await unit.db
    .selectFrom('staff')
    .select(['staff_id as id', 'name'])
    .where('hospital_id', '=', unit.hospitalId)
    .execute();
  const devices = await unit.db
    .selectFrom('device')
    .select(['device_id as id', 'name'])
    .where('hospital_id', '=', unit.hospitalId)
    .execute();
  return new Map([...staff, ...devices].map(({ id, name }) => [id, name]));
};

/** Films of some days by what became of them, for one day's strata: films, read, 甲, 甲 + 乙. */
export const countStates = async (unit: UnitOfWork, { fromDay, toDay }: { fromDay: string; toDay: string }) => {
  const { rows } = await sql<{
    stratum: string;
    films: number;
    read: number;
    not_sampled: number;
    missed: number;
    late: number;
    grade_a: number;
    grade_a_or_b: number;
  }>`
    select coalesce(candidate.stratum, '') as stratum, count(*) as films,
      count(*) filter (where film.state = 'graded') as read,
      count(*) filter (where film.state = 'not-sampled') as not_sampled,
      count(*) filter (where film.state = 'waiting' and film.is_missed_review) as missed,
      count(*) filter (where film.state = 'graded' and film.is_missed_review) as late,
      count(*) filter (where film.grade = 'A') as grade_a,
      count(*) filter (where film.grade in ('A', 'B')) as grade_a_or_b
    from film
      left join lateral (
        select stratum from sampling_candidate
        where sampling_candidate.hospital_id = film.hospital_id and sampling_candidate.film_id = film.film_id
        limit 1) candidate on true
    where film.hospital_id = ${unit.hospitalId} and film.day between ${fromDay} and ${toDay}
    group by 1`.execute(unit.db);
  return rows;
};
