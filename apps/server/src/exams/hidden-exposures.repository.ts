import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';

/** Exposures of one step that have no image here: candidates for hidden rejects (TG-305 counts every exposure). [S50] */
export interface ExposureWithoutImage {
  performedStepId: string;
  examId: string | null;
  accessionNumber: string;
  deviceId: string | null;
  deviceName: string;
  modality: string;
  startedAt: Date;
  /** Hour of the day in the zone of the hospital, for shifts. */
  hour: number;
  /** Images that the step lists and we do not have. */
  missingImages: number;
  /** Exposures that the step counts beyond the images it lists; null when it does not count. */
  unlistedExposures: number | null;
  discontinuation: string;
}

/** Where one exposure makes one image; elsewhere counting them says nothing. [GKU] */
const projectionModalities = ['CR', 'DX', 'MG', 'IO', 'PX'];

/**
 * Steps that ended in the given time and say of more exposures than there are images here. What ended after
 * `settledBefore` is left out: its images may still be on their way.
 */
export const findExposuresWithoutImage = async (
  { db, hospitalId }: UnitOfWork,
  time: { from: Date; to: Date; settledBefore: Date },
  limit = 500,
): Promise<ExposureWithoutImage[]> => {
  const found = await sql<ExposureWithoutImage>`
    with step as (
      select s.*, count(p.sop_instance_uid) as listed,
        count(p.sop_instance_uid) filter (where i.sop_instance_uid is null) as missing
      from performed_step s
        left join performed_image p on p.hospital_id = s.hospital_id and p.performed_step_id = s.performed_step_id
        left join instance i on i.hospital_id = p.hospital_id and i.sop_instance_uid = p.sop_instance_uid
      where s.hospital_id = ${hospitalId} and s.state <> 'in-progress' and s.modality = any(${projectionModalities}::text[])
        and s.ended_at >= ${time.from} and s.ended_at < ${time.to} and s.changed_at <= ${time.settledBefore}
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
  return found.rows;
};
