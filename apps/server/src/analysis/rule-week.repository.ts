import type { LocalText } from '@jiapian/rules';
import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';
import type { DayRange } from './statistics.repository.ts';

export interface RuleWeekRow {
  rule: string;
  ruleVersion: number;
  /** Of a rule that an analyser brought; ours have their own words. */
  message: LocalText;
  deduction: string | null;
  spoken: number;
  agreed: number;
  rejected: number;
  unanswered: number;
}

const withinDays = ({ hospitalId }: UnitOfWork, { fromDay, toDay }: DayRange, moment: ReturnType<typeof sql>) => sql`
  ${moment} >= (select ${fromDay}::date::timestamp at time zone time_zone from hospital where hospital_id = ${hospitalId})
  and ${moment} < (select (${toDay}::date + 1)::timestamp at time zone time_zone from hospital where hospital_id = ${hospitalId})`;

/**
 * What became of the hints of some days: each rule counts once for a picture, however often that was measured. Agreed is
 * a reader's yes, or the item marked; rejected is a reader's no; the rest is unanswered.
 */
export const countRuleWeek = async (unit: UnitOfWork, days: DayRange): Promise<RuleWeekRow[]> => {
  const { hospitalId } = unit;
  const { rows } = await sql<RuleWeekRow>`
    with spoken as (
      select distinct on (r.exam_id, r.subject_uid, f.rule, f.rule_version) f.rule, f.rule_version, f.message, f.deduction,
        r.exam_id, r.subject_uid
      from analysis_run r join finding f on f.hospital_id = r.hospital_id and f.run_id = r.run_id
      where r.hospital_id = ${hospitalId} and not f.is_silent and ${withinDays(unit, days, sql`r.measured_at`)}
      order by r.exam_id, r.subject_uid, f.rule, f.rule_version, r.measured_at desc),
    judged as (
      select spoken.*,
        (select a.answer from finding_answer a
          join finding f on f.hospital_id = a.hospital_id and f.finding_id = a.finding_id
          join analysis_run r on r.hospital_id = f.hospital_id and r.run_id = f.run_id
          where a.hospital_id = ${hospitalId} and r.exam_id = spoken.exam_id and r.subject_uid = spoken.subject_uid
            and f.rule = spoken.rule and f.rule_version = spoken.rule_version
          order by a.answer_id desc limit 1) as answer,
        exists (select from film join reading on reading.hospital_id = film.hospital_id
            and reading.reading_id = film.reading_id
            cross join lateral jsonb_array_elements(coalesce(reading.marks, '[]')) mark
          where film.hospital_id = ${hospitalId} and film.exam_id = spoken.exam_id
            and (film.sop_instance_uid = spoken.subject_uid or film.kind = 'exam')
            and mark ->> 'code' like spoken.deduction || '%') as is_marked
      from spoken)
    select rule, rule_version as "ruleVersion", (array_agg(message))[1] as message, max(deduction) as deduction,
      count(*) as spoken,
      count(*) filter (where answer = 'agree' or (answer is null and is_marked)) as agreed,
      count(*) filter (where answer = 'disagree') as rejected,
      count(*) filter (where answer is null and not is_marked) as unanswered
    from judged group by 1, 2 order by spoken desc, 1, 2`.execute(unit.db);
  return rows;
};

export interface MarkedItemRow {
  deduction: string;
  marked: number;
  hinted: number;
}

/** Items that readers marked on measured films graded in some days, and on how many of them a rule had spoken of it. */
export const countMarkedItems = async (unit: UnitOfWork, days: DayRange): Promise<MarkedItemRow[]> => {
  const { hospitalId } = unit;
  const { rows } = await sql<MarkedItemRow>`
    with marked as (
      select distinct film.film_id, film.exam_id, film.kind, film.sop_instance_uid, left(mark ->> 'code', 3) as deduction
      from film join reading on reading.hospital_id = film.hospital_id and reading.reading_id = film.reading_id
        cross join lateral jsonb_array_elements(reading.marks) mark
      where film.hospital_id = ${hospitalId} and ${withinDays(unit, days, sql`film.graded_at`)}
        and exists (select from analysis_run r where r.hospital_id = film.hospital_id and r.exam_id = film.exam_id))
    select deduction, count(*) as marked, count(*) filter (where exists (
        select from analysis_run r join finding f on f.hospital_id = r.hospital_id and f.run_id = r.run_id
        where r.hospital_id = ${hospitalId} and r.exam_id = marked.exam_id
          and (r.subject_uid = marked.sop_instance_uid or marked.kind = 'exam')
          and f.deduction = marked.deduction and not f.is_silent)) as hinted
    from marked group by 1 order by marked desc, 1`.execute(unit.db);
  return rows;
};

/** Graded in some days, and measured. */
export const countMeasuredGraded = async (unit: UnitOfWork, days: DayRange): Promise<number> => {
  const { hospitalId } = unit;
  const { rows } = await sql<{ films: number }>`
    select count(*) as films from film
    where film.hospital_id = ${hospitalId} and ${withinDays(unit, days, sql`film.graded_at`)}
      and exists (select from analysis_run r where r.hospital_id = film.hospital_id and r.exam_id = film.exam_id)`.execute(
    unit.db,
  );
  return rows[0]?.films ?? 0;
};

/** Rules that silenced themselves in some days, as `rule version`. */
export const findSilencedIn = async (unit: UnitOfWork, days: DayRange): Promise<Set<string>> => {
  const { rows } = await sql<{ key: string }>`
    select distinct rule || ' ' || rule_version as key from rule_silence
    where hospital_id = ${unit.hospitalId} and act = 'silenced' and ${withinDays(unit, days, sql`at`)}`.execute(
    unit.db,
  );
  return new Set(rows.map(({ key }) => key));
};
