import type { HiddenExposure } from '@jiapian/contract';
import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';

/** Where one exposure makes one image; elsewhere counting them says nothing. [GKU] */
const projectionModalities = ['CR', 'DX', 'MG', 'IO', 'PX'];

/**
 * Steps that ended on the given days of the hospital, both inside, and say of more exposures than there are images
 * here: candidates for hidden rejects, as every exposure counts [S50]. What was changed after `settledBefore` is left
 * out: its images may still be on their way.
 */
export const findExposuresWithoutImage = async (
  { db, hospitalId }: UnitOfWork,
  time: { from: string; to: string; settledBefore: Date },
  limit = 500,
): Promise<HiddenExposure[]> => {
  const found = await sql<Omit<HiddenExposure, 'startedAt'> & { startedAt: Date }>`
    with step as (
      select s.*, count(p.sop_instance_uid) as listed,
        count(p.sop_instance_uid) filter (where i.sop_instance_uid is null) as missing
      from performed_step s join hospital z on z.hospital_id = s.hospital_id
        left join performed_image p on p.hospital_id = s.hospital_id and p.performed_step_id = s.performed_step_id
        left join instance i on i.hospital_id = p.hospital_id and i.sop_instance_uid = p.sop_instance_uid
      where s.hospital_id = ${hospitalId} and s.state <> 'in-progress' and s.modality = any(${projectionModalities}::text[])
        and (s.ended_at at time zone z.time_zone)::date between ${time.from}::date and ${time.to}::date and s.changed_at <= ${time.settledBefore}
      group by s.hospital_id, s.performed_step_id)
    select s.performed_step_id as "performedStepId", s.exam_id as "examId", s.accession_number as "accessionNumber",
      s.device_id as "deviceId", coalesce(d.name, s.station_ae_title) as "deviceName", s.modality,
      s.started_at as "startedAt", extract(hour from s.started_at at time zone h.time_zone)::integer as hour,
      s.missing::integer as "missingImages",
      case when s.exposures is null then null else greatest(s.exposures - s.listed, 0)::integer end as "unlistedExposures",
      s.reason_code as discontinuation
    from step s join hospital h on h.hospital_id = s.hospital_id
      left join device d on d.hospital_id = s.hospital_id and d.device_id = s.device_id
    where s.missing > 0 or s.exposures > s.listed
    order by s.started_at desc limit ${limit}`.execute(db);
  return found.rows.map((row) => ({ ...row, startedAt: row.startedAt.toISOString() }));
};
