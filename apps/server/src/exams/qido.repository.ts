import { sql, type RawBuilder } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';
import type { QidoLevel, QidoRow } from './qido-attributes.ts';
import { matchKeys, type QidoQuery } from './qido-query.ts';
import { searchPatternsOf } from './search-text.ts';

/** Candidates that a text key may give before the other keys are asked; more are not looked at. */
const textCandidates = 10_000;

/** Studies, series or instances that match, newest study first; without those of which `hidden` is true. */
export const findForQido = async (
  unit: UnitOfWork,
  level: QidoLevel,
  query: QidoQuery,
  hidden: RawBuilder<boolean> | null,
): Promise<QidoRow[]> => {
  const found = await sql<QidoRow>`
    select x.facts, ${corrected} as corrected, e.study_instance_uid as "studyInstanceUid",
      ${level === 'study' ? sql`null` : sql`s.series_instance_uid`} as "seriesInstanceUid",
      ${level === 'instance' ? sql`i.sop_instance_uid` : sql`null`} as "sopInstanceUid",
      (select array_agg(distinct m.modality) from series m
        where m.hospital_id = e.hospital_id and m.exam_id = e.exam_id and m.modality <> '') as modalities,
      e.series_count as "seriesCount", e.instance_count as "studyInstanceCount",
      ${level === 'study' ? sql`null::integer` : sql`s.instance_count`} as "seriesInstanceCount"
    from ${tablesOf[level]}
    cross join lateral (${factsOf[level]}) x
    left join copy_version v on v.hospital_id = e.hospital_id and v.copy_id = x.copy_id
    where e.hospital_id = ${unit.hospitalId} ${conditionsOf(level, query)}
      ${hidden === null ? sql`` : sql`and not ${hidden}`}
    order by ${orderOf[level]} limit ${query.limit} offset ${query.offset}`.execute(unit.db);
  return found.rows;
};

const exams = sql`exam e
  join patient p on p.hospital_id = e.hospital_id and p.patient_id = e.patient_id
  join hospital h on h.hospital_id = e.hospital_id`;
const withSeries = sql`${exams} join series s on s.hospital_id = e.hospital_id and s.exam_id = e.exam_id`;
const tablesOf: Record<QidoLevel, RawBuilder<unknown>> = {
  study: exams,
  series: withSeries,
  instance: sql`${withSeries} join instance i on i.hospital_id = s.hospital_id and i.exam_id = s.exam_id
    and i.series_instance_uid = s.series_instance_uid`,
};
const factsOf: Record<QidoLevel, RawBuilder<unknown>> = {
  study: sql`select facts, copy_id from instance o where o.hospital_id = e.hospital_id and o.exam_id = e.exam_id
    order by o.is_image desc limit 1`,
  series: sql`select facts, copy_id from instance o where o.hospital_id = e.hospital_id and o.exam_id = e.exam_id
    and o.series_instance_uid = s.series_instance_uid limit 1`,
  instance: sql`select i.facts, i.copy_id`,
};
/** The values of a correction by the names of the header's facts; null where nothing was corrected. */
const corrected = sql`case when v.facts -> 'identity' <> 'null'::jsonb then jsonb_build_object(
  'patientName', v.facts #>> '{identity,patientName}', 'patientId', v.facts #>> '{identity,dicomPatientId}',
  'issuerOfPatientId', v.facts #>> '{identity,issuer}', 'patientBirthDate', v.facts #>> '{identity,birthDate}',
  'patientSex', v.facts #>> '{identity,sex}', 'accessionNumber', v.facts #>> '{identity,accessionNumber}')
  || case when (v.facts ->> 'isOtherPerson')::boolean
    then '{"patientAge": null, "referringPhysicianName": null, "studyId": null}'::jsonb else '{}' end end`;
const newestExam = sql`e.exam_at desc, e.exam_id desc`;
const orderOf: Record<QidoLevel, RawBuilder<unknown>> = {
  study: newestExam,
  series: sql`${newestExam}, s.series_number nulls last, s.series_instance_uid`,
  instance: sql`${newestExam}, s.series_number nulls last, s.series_instance_uid, i.instance_number, i.sop_instance_uid`,
};

/** A key of a lower level asks whether anything below matches (PS3.18 §8.3.4 lets a server match such keys). */
const belowOf: Record<QidoLevel, { series: boolean; instance: boolean }> = {
  study: { series: true, instance: true },
  series: { series: false, instance: true },
  instance: { series: false, instance: false },
};
const anySeries = (conditions: RawBuilder<unknown>[]): RawBuilder<unknown> =>
  sql`and exists (select from series s where s.hospital_id = e.hospital_id and s.exam_id = e.exam_id
    ${sql.join(conditions, sql` `)})`;
const anyInstance = (level: QidoLevel, conditions: RawBuilder<unknown>[]): RawBuilder<unknown> =>
  sql`and exists (select from instance i where i.hospital_id = e.hospital_id and i.exam_id = e.exam_id
    ${level === 'series' ? sql`and i.series_instance_uid = s.series_instance_uid` : sql``}
    ${sql.join(conditions, sql` `)})`;

const conditionsOf = (level: QidoLevel, { matches, isFuzzy }: QidoQuery): RawBuilder<unknown> => {
  const ofSeries: RawBuilder<unknown>[] = [];
  const ofInstance: RawBuilder<unknown>[] = [];
  const conditions: RawBuilder<unknown>[] = [];
  const first = (tag: string): string | undefined => matches.get(tag)?.[0];
  const among = (tag: string, column: RawBuilder<unknown>, into = conditions): void => {
    const values = matches.get(tag);
    if (values !== undefined && values.length > 0) into.push(sql`and ${column} = any(${values}::text[])`);
  };
  const like = (tag: string, column: RawBuilder<unknown>, into = conditions): void => {
    const value = first(tag);
    if (value === undefined) return;
    if (!/[*?]/.test(value)) into.push(sql`and ${column} = ${value}`);
    else {
      into.push(sql`and ${column} like ${likeOf(value)}`);
      conditions.push(candidates(value));
    }
  };
  among(matchKeys.StudyInstanceUID, sql`e.study_instance_uid`);
  among(matchKeys.SeriesInstanceUID, sql`s.series_instance_uid`, ofSeries);
  among(matchKeys.SOPInstanceUID, sql`i.sop_instance_uid`, ofInstance);
  among(matchKeys.Modality, sql`s.modality`, ofSeries);
  among(matchKeys.SOPClassUID, sql`i.sop_class_uid`, ofInstance);
  like(matchKeys.AccessionNumber, sql`e.accession_number`);
  like(matchKeys.PatientID, sql`p.dicom_patient_id`);
  like(matchKeys.StudyDescription, sql`x.facts ->> 'studyDescription'`);
  like(matchKeys.SeriesDescription, sql`s.description`, ofSeries);
  numberIs(first(matchKeys.SeriesNumber), sql`s.series_number`, ofSeries);
  numberIs(first(matchKeys.InstanceNumber), sql`i.instance_number`, ofInstance);
  const name = first(matchKeys.PatientName);
  if (name !== undefined) conditions.push(nameIs(name, isFuzzy));
  const modalities = matches.get(matchKeys.ModalitiesInStudy);
  if (modalities !== undefined)
    conditions.push(sql`and exists (select from series m where m.hospital_id = e.hospital_id and m.exam_id = e.exam_id
      and m.modality = any(${modalities}::text[]))`);
  dateIs(first(matchKeys.StudyDate), conditions);
  timeIs(first(matchKeys.StudyTime), conditions);
  const below = belowOf[level];
  if (ofSeries.length > 0) conditions.push(...(below.series ? [anySeries(ofSeries)] : ofSeries));
  if (ofInstance.length > 0) conditions.push(...(below.instance ? [anyInstance(level, ofInstance)] : ofInstance));
  return conditions.length === 0 ? sql`` : sql.join(conditions, sql` `);
};

/** `*` any characters, `?` one (PS3.4 C.2.2.2.4). */
const likeOf = (value: string): string =>
  value
    .replace(/[\\%_]/g, '\\$&')
    .replaceAll('*', '%')
    .replaceAll('?', '_');

/** Lets the trigram index find the exams whose words can match at all, so that a wildcard does not read the register. */
const candidates = (value: string): RawBuilder<unknown> => {
  const patterns = value
    .toLowerCase()
    .split(/[*?\s^=]+/)
    .filter((part) => [...part].length > 2)
    .flatMap(searchPatternsOf);
  if (patterns.length === 0) return sql``;
  return sql`and e.exam_id in (select c.exam_id from search_exams(${patterns}::text[], null, null, null, null, null, null,
    null, null, ${textCandidates}) c)`;
};

/** Without regard to case, in any spelling of the name; fuzzy is by the beginnings of its words and pinyin. */
const nameIs = (value: string, isFuzzy: boolean): RawBuilder<unknown> => {
  if (isFuzzy) {
    const patterns = searchPatternsOf(value.replaceAll(/[*?]/g, ' '));
    return patterns.length === 0
      ? sql``
      : sql`and e.exam_id in (select c.exam_id from search_exams(${patterns}::text[], null, null, null, null, null, null,
          null, null, ${textCandidates}) c)`;
  }
  const pattern = likeOf(value.toLowerCase());
  return sql`and exists (select from regexp_split_to_table(lower(coalesce(v.facts #>> '{identity,patientName}', x.facts ->> 'patientName')), '=') as spelling
    where spelling like ${pattern}) ${candidates(value)}`;
};

const numberIs = (value: string | undefined, column: RawBuilder<unknown>, conditions: RawBuilder<unknown>[]): void => {
  if (value === undefined) return;
  conditions.push(/^-?\d{1,9}$/.test(value) ? sql`and ${column} = ${Number(value)}` : sql`and false`);
};

/** One day, or a range open at either end; days of the hospital. */
const dateIs = (value: string | undefined, conditions: RawBuilder<unknown>[]): void => {
  if (value === undefined) return;
  const match = /^(\d{8})?(-?)(\d{8})?$/.exec(value);
  const from = match?.[1];
  const to = match?.[2] === '-' ? match[3] : from;
  if (match === null || (from === undefined && to === undefined)) {
    conditions.push(sql`and false`);
    return;
  }
  conditions.push(sql`and e.exam_at_is_known`);
  if (from !== undefined)
    conditions.push(sql`and e.exam_at >= to_date(${from}, 'YYYYMMDD')::timestamp at time zone h.time_zone`);
  if (to !== undefined)
    conditions.push(sql`and e.exam_at < (to_date(${to}, 'YYYYMMDD') + 1)::timestamp at time zone h.time_zone`);
};

/** A time or a range of times of day, compared as far as they are given. */
const timeIs = (value: string | undefined, conditions: RawBuilder<unknown>[]): void => {
  if (value === undefined) return;
  const match = /^(\d{2,6})?(?:\.\d+)?(-?)(\d{2,6})?(?:\.\d+)?$/.exec(value);
  if (match === null) {
    conditions.push(sql`and false`);
    return;
  }
  const time = sql`to_char(e.exam_at at time zone h.time_zone, 'HH24MISS')`;
  const from = match[1];
  const to = match[2] === '-' ? match[3] : from;
  if (from !== undefined) conditions.push(sql`and ${time} >= ${from.padEnd(6, '0')}`);
  if (to !== undefined) conditions.push(sql`and ${time} <= ${to.padEnd(6, '9')}`);
};
