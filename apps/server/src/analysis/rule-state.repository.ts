import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';

const ruleKey = (rule: string, version: number): string => `${rule} ${version}`;

/** Rules that have silenced themselves and were not given another chance, as `rule version`. */
export const findSilencedRules = async ({ db, hospitalId }: UnitOfWork): Promise<Set<string>> => {
  const { rows } = await sql<{ rule: string; rule_version: number; act: string }>`
    select distinct on (rule, rule_version) rule, rule_version, act from rule_silence
    where hospital_id = ${hospitalId} order by rule, rule_version, silence_id desc`.execute(db);
  return new Set(rows.filter(({ act }) => act === 'silenced').map((row) => ruleKey(row.rule, row.rule_version)));
};

export const isSilenced = (silenced: ReadonlySet<string>, rule: string, version: number): boolean =>
  silenced.has(ruleKey(rule, version));

export interface RuleOutcomeRow {
  rule: string;
  ruleVersion: number;
  spoken: number;
  agreed: number;
  rejected: number;
  missed: number;
}

/**
 * What became of each rule's hints since it was last given a chance: agreed is a reader's yes or the item marked on the
 * film; rejected is a reader's no. Missed are films with the item marked and no hint speaking to it.
 */
export const countRuleOutcomes = async ({ db, hospitalId }: UnitOfWork, since: Date): Promise<RuleOutcomeRow[]> => {
  const { rows } = await sql<RuleOutcomeRow>`
    with lifted as (
      select rule, rule_version, max(at) as at from rule_silence
      where hospital_id = ${hospitalId} and act = 'lifted' group by 1, 2),
    spoken as (
      select f.rule, f.rule_version, f.deduction, f.finding_id, film.film_id, reading.marks,
        (select a.answer from finding_answer a where a.hospital_id = f.hospital_id and a.finding_id = f.finding_id
          order by a.answer_id desc limit 1) as answer
      from finding f
        join analysis_run r on r.hospital_id = f.hospital_id and r.run_id = f.run_id
        left join film on film.hospital_id = r.hospital_id and film.exam_id = r.exam_id
          and (film.sop_instance_uid = r.subject_uid or film.kind = 'exam')
        left join reading on reading.hospital_id = film.hospital_id and reading.reading_id = film.reading_id
        left join lifted on lifted.rule = f.rule and lifted.rule_version = f.rule_version
      where f.hospital_id = ${hospitalId} and not f.is_silent and r.measured_at > ${since}
        and (lifted.at is null or r.measured_at > lifted.at)),
    judged as (
      select *, exists (select 1 from jsonb_array_elements(coalesce(marks, '[]')) mark
        where mark ->> 'code' like deduction || '%') as is_marked from spoken),
    marked as (
      select film.film_id, left(mark ->> 'code', 3) as deduction
      from film join reading on reading.hospital_id = film.hospital_id and reading.reading_id = film.reading_id
        cross join lateral jsonb_array_elements(reading.marks) mark
      where film.hospital_id = ${hospitalId} and film.graded_at > ${since}
        and exists (select 1 from analysis_run r where r.hospital_id = film.hospital_id and r.exam_id = film.exam_id)),
    missed as (
      select deduction, count(*) as count from marked
      where not exists (select 1 from spoken where spoken.film_id = marked.film_id and spoken.deduction = marked.deduction)
      group by 1)
    select rule, rule_version as "ruleVersion", count(*) as spoken,
      count(*) filter (where answer = 'agree' or (answer is null and is_marked)) as agreed,
      count(*) filter (where answer = 'disagree') as rejected,
      coalesce(max(missed.count), 0) as missed
    from judged left join missed on missed.deduction = judged.deduction
    group by 1, 2 order by 1, 2`.execute(db);
  return rows;
};

export const insertSilence = async (
  { db, hospitalId }: UnitOfWork,
  row: {
    rule: string;
    ruleVersion: number;
    act: 'silenced' | 'lifted';
    agreed: number;
    rejected: number;
    accountId: string | null;
    at: Date;
  },
): Promise<void> => {
  await db
    .insertInto('rule_silence')
    .values({
      hospital_id: hospitalId,
      rule: row.rule,
      rule_version: row.ruleVersion,
      act: row.act,
      agreed: row.agreed,
      rejected: row.rejected,
      account_id: row.accountId,
      at: row.at,
    })
    .execute();
};
