import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';

/** What signing, drafting and printing need of a device. */
export interface DeviceHead {
  deviceId: string;
  name: string;
  modality: string;
  ownerStaffId: string | null;
}

export interface ParameterDeviceRow extends DeviceHead {
  ownerName: string | null;
  tableId: string | null;
  version: number | null;
  inForceAt: Date | null;
  draftId: string | null;
  draftState: string | null;
  goodFilms: number;
  judged: number;
  deviating: number;
  notJudged: number;
  waiting: number;
}

/** Devices with what stands behind their tables, and what came of judging since a moment; or only one of them. */
export const findParameterDevices = async (
  { db, hospitalId }: UnitOfWork,
  { since, deviceId = null, mostGoodFilms }: { since: Date; deviceId?: string | null; mostGoodFilms: number },
): Promise<ParameterDeviceRow[]> => {
  const { rows } = await sql<ParameterDeviceRow>`
    select d.device_id as "deviceId", d.name, d.modality, d.owner_staff_id as "ownerStaffId", s.name as "ownerName",
      t.table_id as "tableId", t.version, t.in_force_at as "inForceAt", draft.table_id as "draftId",
      draft.state as "draftState", good.films as "goodFilms", judged.judged, judged.deviating,
      judged.not_judged as "notJudged", waiting.films as waiting
    from device d
    left join staff s on s.hospital_id = d.hospital_id and s.staff_id = d.owner_staff_id
    left join parameter_table t on t.hospital_id = d.hospital_id and t.device_id = d.device_id and t.state = 'in-force'
    left join parameter_table draft on draft.hospital_id = d.hospital_id and draft.device_id = d.device_id
      and draft.state in ('draft', 'owner-signed', 'leader-signed')
    cross join lateral (
      select count(*)::integer as films from (
        select 1 from exam e join film f on f.hospital_id = e.hospital_id and f.exam_id = e.exam_id
        where e.hospital_id = d.hospital_id and e.device_id = d.device_id and f.grade in ('A', 'B')
        order by e.exam_at desc limit ${mostGoodFilms}) as newest) as good
    cross join lateral (
      select count(*)::integer as judged, count(*) filter (where verdict = 'deviates')::integer as deviating,
        count(*) filter (where verdict = 'not-judged')::integer as not_judged
      from (
        select distinct on (v.film_id, v.subject_uid) v.verdict from compliance_verdict v
        where v.hospital_id = d.hospital_id and v.device_id = d.device_id and v.exam_at >= ${since}
        order by v.film_id, v.subject_uid, v.table_version desc, v.judged_at desc) as newest) as judged
    cross join lateral (
      select count(*)::integer as films from compliance_task task
      where task.hospital_id = d.hospital_id and task.table_id = t.table_id) as waiting
    where d.hospital_id = ${hospitalId} and (${deviceId}::uuid is null or d.device_id = ${deviceId}::uuid)
    order by d.name`.execute(db);
  return rows;
};

export const findDeviceHead = async (
  { db, hospitalId }: UnitOfWork,
  deviceId: string,
): Promise<DeviceHead | undefined> =>
  (
    await sql<DeviceHead>`select device_id as "deviceId", name, modality, owner_staff_id as "ownerStaffId" from device
      where hospital_id = ${hospitalId} and device_id = ${deviceId}`.execute(db)
  ).rows[0];

export interface HospitalName {
  name: string;
  nameEn: string;
  timeZone: string;
}

export const findHospital = async ({ db, hospitalId }: UnitOfWork): Promise<HospitalName> =>
  (
    await sql<HospitalName>`select name, name_en as "nameEn", time_zone as "timeZone" from hospital
      where hospital_id = ${hospitalId}`.execute(db)
  ).rows[0]!;
