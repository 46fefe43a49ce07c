import type { Candidate, DrawnCandidate, SamplingPlan, Shift } from '@jiapian/rules';
import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';

/** Films of which a draw knows the same: a hundred thousand films are some thousand such groups. */
export interface CandidateGroup extends Omit<Candidate, 'filmId' | 'shift'> {
  readonly hour: number;
  readonly filmIds: readonly string[];
}
type GroupRow = [
  technologist: string | null,
  device: string | null,
  position: string | null,
  hour: number,
  isEmergency: boolean,
  hasFinding: boolean,
  daysUnreviewed: number | null,
  filmIds: string,
];

/** Unread films of some days with what the plan asks of them. */
export const findCandidates = async (
  unit: UnitOfWork,
  { fromDay, toDay, reviewedSince, now }: { fromDay: string; toDay: string; reviewedSince: Date; now: Date },
): Promise<CandidateGroup[]> => {
  const { rows } = await sql<{ groups: GroupRow[] | null }>`
    with waiting as materialized (
      select film.film_id, film.exam_id, film.day, film.kind, film.sop_instance_uid, film.position_code,
        exam.technologist_id, exam.device_id, exam.priority, exam.exam_at
      from film join exam on exam.hospital_id = film.hospital_id and exam.exam_id = film.exam_id
      where film.hospital_id = ${unit.hospitalId} and film.day between ${fromDay} and ${toDay}
        and film.state = 'waiting'),
    accountable as materialized (
      select technologist_id, day, accountable_staff(${unit.hospitalId}, technologist_id, day) as staff_id
      from (select distinct technologist_id, day from waiting where technologist_id is not null) pair),
    reviewed as materialized (
      select exam.device_id, film.position_code, max(film.graded_at) as at
      from film join exam on exam.hospital_id = film.hospital_id and exam.exam_id = film.exam_id
      where film.hospital_id = ${unit.hospitalId} and film.graded_at >= ${reviewedSince}
      group by exam.device_id, film.position_code),
    found as materialized (
      select distinct run.exam_id, run.subject_uid from analysis_run run
        join finding on finding.hospital_id = run.hospital_id and finding.run_id = run.run_id
      where run.hospital_id = ${unit.hospitalId} and finding.severity <> 'info' and not finding.is_silent
        and run.exam_id in (select exam_id from waiting))
    select json_agg(json_build_array(staff_id, device_id, position_code, hour, is_emergency, has_finding, days, film_ids))
      as groups
    from (select accountable.staff_id, waiting.device_id, waiting.position_code,
      extract(hour from waiting.exam_at at time zone hospital.time_zone)::int as hour,
      waiting.priority = 'emergency' or device.priority_class is not distinct from 'emergency' as is_emergency,
      case waiting.kind when 'exam' then waiting.exam_id in (select exam_id from found)
        else (waiting.exam_id, waiting.sop_instance_uid) in (select exam_id, subject_uid from found) end as has_finding,
      extract(day from ${now}::timestamptz - reviewed.at)::int as days,
      string_agg(waiting.film_id::text, ' ') as film_ids
    from waiting
      join hospital on hospital.hospital_id = ${unit.hospitalId}
      left join accountable on accountable.technologist_id = waiting.technologist_id and accountable.day = waiting.day
      left join device on device.hospital_id = ${unit.hospitalId} and device.device_id = waiting.device_id
      left join reviewed on coalesce(reviewed.device_id::text, '?') = coalesce(waiting.device_id::text, '?')
        and coalesce(reviewed.position_code, '?') = coalesce(waiting.position_code, '?')
    group by 1, 2, 3, 4, 5, 6, 7) candidate`.execute(unit.db);
  return (rows[0]?.groups ?? []).map(
    ([technologist, device, position, hour, isEmergency, hasFinding, daysUnreviewed, filmIds]) => ({
      ...{ technologist, device, position, hour, isEmergency, hasFinding, daysUnreviewed },
      filmIds: filmIds.split(' '),
    }),
  );
};

/** The films of one stratum, drawn or not. */
export interface StratumFilms {
  readonly stratum: string;
  readonly groups: readonly DrawnGroup[];
}
export interface DrawnGroup extends Omit<CandidateGroup, 'hour'> {
  readonly shift: Shift;
  /** In the order of `filmIds`. */
  readonly because: readonly DrawnCandidate['because'][];
}

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
  readonly candidateCount: number;
  readonly strataFilms: readonly StratumFilms[];
}

/** The draw with all its candidates, so that it can be repeated. */
export const insertDraw = async (unit: UnitOfWork, draw: NewDraw): Promise<void> => {
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
      candidate_count: draw.candidateCount,
      drawn_count: draw.drawnCount,
    })
    .execute();
  const { strataFilms } = draw;
  await sql`
    insert into sampling_stratum (hospital_id, draw_id, stratum, film_ids, because, facts)
    select ${unit.hospitalId}, ${draw.drawId}, stratum, film_ids::uuid[], because::text[], facts::jsonb
    from unnest(${strataFilms.map(({ stratum }) => stratum)}::text[],
      ${strataFilms.map(({ groups }) => `{${groups.map(({ filmIds }) => filmIds.join(',')).join(',')}}`)}::text[],
      ${strataFilms.map(({ groups }) => `{${groups.map(becauseText).join(',')}}`)}::text[],
      ${strataFilms.map(({ groups }) => JSON.stringify(groups.map(factsOf)))}::text[]
    ) as given (stratum, film_ids, because, facts)`.execute(unit.db);
};

/** The facts of so many films one after the other; draws of before say them film by film, without a number. */
type StoredFacts = [
  ...[technologist: string | null, device: string | null, position: string | null, shift: Shift],
  ...[isEmergency: boolean, hasFinding: boolean, daysUnreviewed: number | null, films?: number],
];
const factsOf = (group: DrawnGroup): StoredFacts => [
  ...([group.technologist, group.device, group.position, group.shift] as const),
  ...([group.isEmergency, group.hasFinding, group.daysUnreviewed, group.filmIds.length] as const),
];
const becauseText = ({ because }: DrawnGroup): string => because.map((reason) => reason ?? 'null').join(',');

/**
 * Up to `limit` of the films the draw left out need not be read (未抽中); one that somebody has read meanwhile stays
 * read. Answers the exams whose gate waits for one of them, and whether there are more.
 */
export const leaveOut = async (
  unit: UnitOfWork,
  drawId: string,
  limit: number,
): Promise<{ examIds: string[]; isMore: boolean }> => {
  const { rows } = await sql<{ exam_ids: string[]; found: number }>`
    with not_drawn as materialized (
      select film.film_id
      from sampling_stratum, unnest(film_ids, because) as candidate (film_id, because)
        join film on film.hospital_id = ${unit.hospitalId} and film.film_id = candidate.film_id
      where sampling_stratum.hospital_id = ${unit.hospitalId} and draw_id = ${drawId}
        and candidate.because is null and film.state = 'waiting'
      limit ${limit}),
    left_out as (
      update film set state = 'not-sampled', is_missed_review = false, version = version + 1
      from not_drawn
      where film.hospital_id = ${unit.hospitalId} and film.film_id = not_drawn.film_id and film.state = 'waiting'
      returning film.exam_id)
    select (select count(*) from not_drawn) as found, array(select exam_id from gate
      where hospital_id = ${unit.hospitalId} and state = 'held' and exam_id in (select exam_id from left_out)) as exam_ids`.execute(
    unit.db,
  );
  const [row] = rows;
  return { examIds: row?.exam_ids ?? [], isMore: row?.found === limit };
};

/** Draws whose films have not all been told yet. */
export const findUnapplied = async (unit: UnitOfWork): Promise<string[]> => {
  const rows = await unit.db
    .selectFrom('sampling_draw')
    .select('draw_id')
    .where('hospital_id', '=', unit.hospitalId)
    .where('applied_at', 'is', null)
    .execute();
  return rows.map((row) => row.draw_id);
};

export const markApplied = async (unit: UnitOfWork, drawId: string, now: Date): Promise<void> => {
  await unit.db
    .updateTable('sampling_draw')
    .set({ applied_at: now })
    .where('hospital_id', '=', unit.hospitalId)
    .where('draw_id', '=', drawId)
    .where('applied_at', 'is', null)
    .execute();
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
    select drawn.draw_id, drawn.stratum, count(*) as read
    from (
      select draw_id, stratum, candidate.film_id
      from sampling_stratum, unnest(film_ids, because) as candidate (film_id, because)
      where hospital_id = ${unit.hospitalId} and draw_id = any(${drawIds}::uuid[])
        and candidate.because is not null) drawn
      join film on film.hospital_id = ${unit.hospitalId} and film.film_id = drawn.film_id
    where film.state = 'graded'
    group by drawn.draw_id, drawn.stratum`.execute(unit.db);
  return rows;
};

/** A draw's candidates as they were when it was drawn. */
export const findDrawnFrom = async (unit: UnitOfWork, drawId: string) => {
  const rows = await unit.db
    .selectFrom('sampling_stratum')
    .select(['film_ids', 'because', 'facts'])
    .where('hospital_id', '=', unit.hospitalId)
    .where('draw_id', '=', drawId)
    .execute();
  return rows.flatMap(({ film_ids, because, facts }) =>
    (facts as unknown as StoredFacts[])
      .flatMap(([technologist, device, position, shift, isEmergency, hasFinding, daysUnreviewed, films = 1]) =>
        Array.from({ length: films }, () => ({
          ...{ technologist, device, position, shift, isEmergency, hasFinding, daysUnreviewed },
        })),
      )
      .map((known, index) => ({
        ...known,
        ...{ filmId: (film_ids as string[])[index] ?? '', because: because[index] ?? null },
      })),
  );
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
    with candidate as (
      select distinct on (candidate.film_id) candidate.film_id, drawn.stratum
      from sampling_draw draw
        join sampling_stratum drawn on drawn.hospital_id = draw.hospital_id and drawn.draw_id = draw.draw_id,
        unnest(drawn.film_ids) as candidate (film_id)
      where draw.hospital_id = ${unit.hospitalId} and draw.from_day <= ${toDay} and draw.to_day >= ${fromDay}
      order by candidate.film_id, draw.drawn_at)
    select coalesce(candidate.stratum, '') as stratum, count(*) as films,
      count(*) filter (where film.state = 'graded') as read,
      count(*) filter (where film.state = 'not-sampled') as not_sampled,
      count(*) filter (where film.state = 'waiting' and film.is_missed_review) as missed,
      count(*) filter (where film.state = 'graded' and film.is_missed_review) as late,
      count(*) filter (where film.grade = 'A') as grade_a,
      count(*) filter (where film.grade in ('A', 'B')) as grade_a_or_b
    from film
      left join candidate on candidate.film_id = film.film_id
    where film.hospital_id = ${unit.hospitalId} and film.day between ${fromDay} and ${toDay}
    group by 1`.execute(unit.db);
  return rows;
};
