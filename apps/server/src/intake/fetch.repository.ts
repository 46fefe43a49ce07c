import type { DicomApplication, FetchPlan, FetchPlanRequest } from '@jiapian/contract';
import { sql } from 'kysely';
import type { SystemUnitOfWork, UnitOfWork } from '../platform/database.ts';
import { isBehind, rowsOf, type ListPage } from '../platform/list-page.ts';

/** A plan with what its device is known by, and the address of its archive. */
export interface DuePlan {
  hospital_id: string;
  device_id: string;
  modality: string;
  station_name: string;
  kind: 'dimse' | 'web';
  ae_title: string;
  host: string | null;
  port: number | null;
  uses_tls: boolean | null;
  url: string;
  secret: string;
  from_hour: number;
  to_hour: number;
  exams_per_hour: number;
  sample_percent: number;
  look_back_hours: number;
  last_look_at: Date | null;
  /** Hour of the day, and the days to look at, in the zone of the hospital. */
  hour: number;
  from_day: string;
  to_day: string;
}

/** Plans of devices whose way in the stream is to be fetched. */
export const findPlans = async ({ db }: SystemUnitOfWork, now: Date): Promise<DuePlan[]> => {
  const found = await sql<DuePlan>`
    select p.hospital_id, p.device_id, d.modality, d.station_name, p.kind, p.ae_title, a.host, a.port, a.uses_tls,
      p.url, p.secret, p.from_hour, p.to_hour, p.exams_per_hour, p.sample_percent, p.look_back_hours, p.last_look_at,
      extract(hour from ${now}::timestamptz at time zone h.time_zone)::integer as hour,
      to_char((${now}::timestamptz - make_interval(hours => p.look_back_hours)) at time zone h.time_zone, 'YYYYMMDD')
        as from_day,
      to_char(${now}::timestamptz at time zone h.time_zone, 'YYYYMMDD') as to_day
    from fetch_plan p
      join hospital h on h.hospital_id = p.hospital_id
      join device d on d.hospital_id = p.hospital_id and d.device_id = p.device_id
      join device_stream s on s.hospital_id = p.hospital_id and s.device_id = p.device_id and s.mode = 'fetch'
      left join dicom_application a on a.hospital_id = p.hospital_id and a.ae_title = p.ae_title
    where p.is_enabled
    order by p.hospital_id, p.device_id`.execute(db);
  return found.rows;
};

/** Enters studies that are neither here nor known from an earlier look; the sample is drawn once for each. */
export const addTasks = async (
  { db, hospitalId }: UnitOfWork,
  deviceId: string,
  studies: readonly { studyInstanceUid: string; isSampled: boolean }[],
  now: Date,
): Promise<void> => {
  if (studies.length === 0) return;
  await sql`
    insert into fetch_task (hospital_id, study_instance_uid, device_id, state, found_at, next_attempt_at)
    select ${hospitalId}::uuid, r."studyInstanceUid", ${deviceId}::uuid,
      case when r."isSampled" then 'found' else 'not-sampled' end, ${now}, ${now}
    from json_to_recordset(${JSON.stringify(studies)}::json) as r("studyInstanceUid" text, "isSampled" boolean)
    where not exists (select from exam e where e.hospital_id = ${hospitalId}
      and e.study_instance_uid = r."studyInstanceUid")
    on conflict do nothing`.execute(db);
};

export const countFetchedSince = async (
  { db, hospitalId }: UnitOfWork,
  deviceId: string,
  since: Date,
): Promise<number> => {
  const { count } = await db
    .selectFrom('fetch_task')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('hospital_id', '=', hospitalId)
    .where('device_id', '=', deviceId)
    .where('fetched_at', '>', since)
    .executeTakeFirstOrThrow();
  return count;
};

export interface DueTask {
  study_instance_uid: string;
  attempts: number;
}

export const findDueTasks = (
  { db, hospitalId }: UnitOfWork,
  deviceId: string,
  now: Date,
  limit: number,
): Promise<DueTask[]> =>
  db
    .selectFrom('fetch_task')
    .select(['study_instance_uid', 'attempts'])
    .where('hospital_id', '=', hospitalId)
    .where('device_id', '=', deviceId)
    .where('state', 'in', ['found', 'failed'])
    .where('next_attempt_at', '<=', now)
    .orderBy('found_at')
    .orderBy('study_instance_uid')
    .limit(limit)
    .execute();

export const endTask = async (
  { db, hospitalId }: UnitOfWork,
  studyInstanceUid: string,
  change: {
    state: 'fetched' | 'failed' | 'given-up';
    attempts: number;
    next_attempt_at: Date;
    fetched_at?: Date;
    objects?: number;
    answer: string;
  },
): Promise<void> => {
  await db
    .updateTable('fetch_task')
    .set(change)
    .where('hospital_id', '=', hospitalId)
    .where('study_instance_uid', '=', studyInstanceUid)
    .execute();
};

export const noteLook = async (
  { db, hospitalId }: UnitOfWork,
  deviceId: string,
  look: { at: Date; answer: string },
): Promise<void> => {
  await db
    .updateTable('fetch_plan')
    .set({ last_look_at: look.at, last_answer: look.answer })
    .where('hospital_id', '=', hospitalId)
    .where('device_id', '=', deviceId)
    .execute();
};

export const listPlans = async ({ db, hospitalId }: UnitOfWork, page: ListPage): Promise<FetchPlan[]> => {
  const found = await sql<FetchPlan & { last_look_at: Date | null }>`
    select p.device_id as "deviceId", d.name as "deviceName", p.kind, p.ae_title as "aeTitle", p.url,
      p.secret <> '' as "hasSecret", p.is_enabled as "isEnabled", p.from_hour as "fromHour", p.to_hour as "toHour",
      p.exams_per_hour as "examsPerHour", p.sample_percent as "samplePercent", p.look_back_hours as "lookBackHours",
      p.last_look_at, p.last_answer as "lastAnswer", p.version,
      json_build_object('found', count(t.*) filter (where t.state = 'found'),
        'notSampled', count(t.*) filter (where t.state = 'not-sampled'),
        'fetched', count(t.*) filter (where t.state = 'fetched'),
        'failed', count(t.*) filter (where t.state in ('failed', 'given-up'))) as counts
    from fetch_plan p join device d on d.hospital_id = p.hospital_id and d.device_id = p.device_id
      left join fetch_task t on t.hospital_id = p.hospital_id and t.device_id = p.device_id
    where p.hospital_id = ${hospitalId} and ${isBehind('d.name', 'p.device_id', page)}
    group by p.hospital_id, p.device_id, d.name order by d.name, p.device_id::text limit ${rowsOf(page)}`.execute(db);
  return found.rows.map(({ last_look_at, ...row }) => ({ ...row, lastLookAt: last_look_at?.toISOString() ?? null }));
};

/** False when somebody else has changed the plan since the given version. */
export const savePlan = async (
  { db, hospitalId }: UnitOfWork,
  deviceId: string,
  plan: FetchPlanRequest,
  now: Date,
): Promise<boolean> => {
  const values = {
    kind: plan.kind,
    ae_title: plan.kind === 'dimse' ? plan.aeTitle : '',
    url: plan.kind === 'web' ? plan.url : '',
    ...(plan.kind === 'web' && plan.secret !== undefined && { secret: plan.secret }),
    from_hour: plan.fromHour,
    to_hour: plan.toHour,
    exams_per_hour: plan.examsPerHour,
    sample_percent: plan.samplePercent,
    look_back_hours: plan.lookBackHours,
    is_enabled: plan.isEnabled,
    changed_at: now,
  };
  const saved = await db
    .insertInto('fetch_plan')
    .values({ hospital_id: hospitalId, device_id: deviceId, ...values })
    .onConflict((conflict) =>
      conflict
        .columns(['hospital_id', 'device_id'])
        .doUpdateSet((eb) => ({ ...values, version: eb('fetch_plan.version', '+', 1) }))
        .where(({ eb, ref }) => eb(ref('fetch_plan.version'), '=', plan.version ?? eb.ref('fetch_plan.version'))),
    )
    .executeTakeFirst();
  return saved.numInsertedOrUpdatedRows === 1n;
};

export const listApplications = async ({ db, hospitalId }: UnitOfWork, page: ListPage): Promise<DicomApplication[]> => {
  const rows = await db
    .selectFrom('dicom_application')
    .select(['ae_title', 'name', 'host', 'port', 'uses_tls'])
    .where('hospital_id', '=', hospitalId)
    .where(isBehind('ae_title', 'ae_title', page))
    .orderBy('ae_title')
    .limit(rowsOf(page))
    .execute();
  return rows.map(({ ae_title, uses_tls, ...row }) => ({ ...row, aeTitle: ae_title, usesTls: uses_tls }));
};

export const saveApplication = async (
  { db, hospitalId }: UnitOfWork,
  application: DicomApplication,
  now: Date,
): Promise<void> => {
  const values = {
    name: application.name,
    host: application.host,
    port: application.port,
    uses_tls: application.usesTls,
    changed_at: now,
  };
  await db
    .insertInto('dicom_application')
    .values({ hospital_id: hospitalId, ae_title: application.aeTitle, ...values })
    .onConflict((conflict) => conflict.columns(['hospital_id', 'ae_title']).doUpdateSet(values))
    .execute();
};
