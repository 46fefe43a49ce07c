import type { exposureGroupings } from '@jiapian/contract';
import { sql } from 'kysely';
import { type BlindViewer, isBlindExam, mayReadBlind } from '../exams/index.ts';
import type { UnitOfWork } from '../platform/database.ts';
import { standingTypedDose } from './typed-dose.repository.ts';

export interface DayRange {
  fromDay: string;
  toDay: string;
}

/**
 * The newest run of each subject, our own and each analyser's, examined in the days, in the hospital's calendar. With a
 * viewer, exams that the viewer is to read fully blind are left out: a row would tell its device, order and day.
 */
export const newestRuns = ({ hospitalId }: UnitOfWork, { fromDay, toDay }: DayRange, viewer?: BlindViewer) => sql`
  select distinct on (r.exam_id, r.subject_uid, r.analyser_id) r.*, e.exam_at, e.technologist_id
  from exam e
    join hospital h on h.hospital_id = e.hospital_id
    join analysis_run r on r.hospital_id = e.hospital_id and r.exam_id = e.exam_id
  where e.hospital_id = ${hospitalId}
    and e.exam_at >= (${fromDay}::date::timestamp at time zone h.time_zone)
    and e.exam_at < ((${toDay}::date + 1)::timestamp at time zone h.time_zone)
    ${viewer !== undefined && mayReadBlind(viewer) ? sql`and not ${isBlindExam(viewer)}` : sql``}
  order by r.exam_id, r.subject_uid, r.analyser_id, r.analysis_version desc, r.measured_at desc`;

export const findMetrics = async (unit: UnitOfWork, days: DayRange) => {
  const { rows } = await sql<{ metric: string; where: string; unit: string; films: number }>`
    with run as (${newestRuns(unit, days)})
    select m.metric, m.part as "where", min(m.unit) as unit, count(*) as films
    from run join measurement m on m.hospital_id = run.hospital_id and m.run_id = run.run_id
    group by 1, 2 order by 1, 2`.execute(unit.db);
  return rows;
};

export interface DistributionPoint {
  examId: string;
  filmId: string | null;
  at: Date;
  value: number;
  unit: string;
  deviceId: string | null;
  positionCode: string | null;
}

export const findDistribution = async (
  unit: UnitOfWork,
  wanted: DayRange & {
    metric: string;
    where: string;
    deviceId?: string | undefined;
    positionCode?: string | undefined;
    viewer: BlindViewer;
  },
  limit: number,
): Promise<DistributionPoint[]> => {
  const { rows } = await sql<DistributionPoint>`
    with run as (${newestRuns(unit, wanted, wanted.viewer)})
    select run.exam_id as "examId", film.film_id as "filmId", run.exam_at as at, m.value, m.unit,
      run.device_id as "deviceId", run.position_code as "positionCode"
    from run
      join measurement m on m.hospital_id = run.hospital_id and m.run_id = run.run_id
      left join film on film.hospital_id = run.hospital_id and film.exam_id = run.exam_id
        and (film.sop_instance_uid = run.subject_uid or film.kind = 'exam')
    where m.metric = ${wanted.metric} and m.part = ${wanted.where}
      ${wanted.deviceId === undefined ? sql`` : sql`and run.device_id = ${wanted.deviceId}`}
      ${wanted.positionCode === undefined ? sql`` : sql`and run.position_code = ${wanted.positionCode}`}
    order by run.exam_at desc, run.run_id limit ${limit}`.execute(unit.db);
  return rows;
};

export interface ExposureRow {
  key: string;
  name: string;
  films: number;
  withIndex: number;
  p10: number | null;
  p25: number | null;
  median: number | null;
  p75: number | null;
  p90: number | null;
  over: number;
  farOver: number;
  under: number;
  farUnder: number;
}

const groupColumns: Readonly<Record<(typeof exposureGroupings)[number], ReturnType<typeof sql>>> = {
  device: sql`coalesce(run.device_id::text, '') as key, coalesce(max(device.name), '') as name`,
  position: sql`coalesce(run.position_code, '') as key, coalesce(run.position_code, '') as name`,
  technologist: sql`coalesce(run.technologist_id::text, '') as key, coalesce(max(staff.name), '') as name`,
};
const groupKeys: Readonly<Record<(typeof exposureGroupings)[number], ReturnType<typeof sql>>> = {
  device: sql`run.device_id`,
  position: sql`run.position_code`,
  technologist: sql`run.technologist_id`,
};

/** Radiographs by their deviation index. The counts are exclusive at the border: at ±1 a film is on target. */
export const findExposure = async (
  unit: UnitOfWork,
  wanted: DayRange & { by: (typeof exposureGroupings)[number] },
): Promise<ExposureRow[]> => {
  const { rows } = await sql<ExposureRow>`
    with run as (${newestRuns(unit, wanted)})
    select ${groupColumns[wanted.by]}, count(*) as films, count(m.value) as "withIndex",
      percentile_cont(0.1) within group (order by m.value) as p10,
      percentile_cont(0.25) within group (order by m.value) as p25,
      percentile_cont(0.5) within group (order by m.value) as median,
      percentile_cont(0.75) within group (order by m.value) as p75,
      percentile_cont(0.9) within group (order by m.value) as p90,
      count(*) filter (where m.value > 1) as over, count(*) filter (where m.value > 3) as "farOver",
      count(*) filter (where m.value < -1) as under, count(*) filter (where m.value < -3) as "farUnder"
    from run
      left join measurement m on m.hospital_id = run.hospital_id and m.run_id = run.run_id and m.metric = 'deviation-index'
      left join device on device.hospital_id = run.hospital_id and device.device_id = run.device_id
      left join staff on staff.hospital_id = run.hospital_id and staff.staff_id = run.technologist_id
    where run.analyser_id is null and run.subject_kind = 'instance' and run.modality in ('CR', 'DX', 'MG', 'RG', 'IO', 'PX', 'DR', 'XR')
    group by ${groupKeys[wanted.by]}
    order by films desc, key`.execute(unit.db);
  return rows;
};

export interface DoseReportRow {
  runId: string;
  examId: string;
  deviceId: string | null;
  deviceName: string;
  modality: string;
  source: string;
  positionCode: string | null;
  regionWords: string;
  ageYears: number | null;
  dlpMgyCm: number | null;
  ctdiVolMgy: number | null;
  doseAreaProductDgyCm2: number | null;
  averageGlandularDoseMgy: number | null;
  rejected: number;
  repeated: number;
  /** Read off a dose screen by a person. */
  isTyped: boolean;
}

/**
 * Dose reports of the days; what a person typed only where the exam has none that a program reads, the header of an
 * image only where it has neither.
 */
export const findDoseReports = async (unit: UnitOfWork, days: DayRange, limit: number): Promise<DoseReportRow[]> => {
  const { rows } = await sql<DoseReportRow>`
    with run as (${newestRuns(unit, days)}), standing as (${standingTypedDose(unit)}), report as (
      select d.*, run.device_id, run.position_code,
        exists (select 1 from dose_report other join run as o on o.hospital_id = other.hospital_id and o.run_id = other.run_id
          where other.exam_id = d.exam_id and other.source in ('rdsr', 'enhanced-sr')) as has_report
      from run join dose_report d on d.hospital_id = run.hospital_id and d.run_id = run.run_id),
    typed as (
      select standing.* from standing
      where standing.exam_id in (select exam_id from run)
        and not exists (select from report where report.exam_id = standing.exam_id and report.source <> 'header'))
    select report.run_id as "runId", report.exam_id as "examId", coalesce(report.device_id, e.device_id) as "deviceId",
      coalesce(device.name, '') as "deviceName", e.modality, report.source, report.position_code as "positionCode", report.region_words || ' ' || e.description as "regionWords",
      report.age_years as "ageYears", report.dlp_mgy_cm as "dlpMgyCm", report.highest_ctdi_vol_mgy as "ctdiVolMgy",
      report.dose_area_product_dgy_cm2 as "doseAreaProductDgyCm2", report.average_glandular_dose_mgy as "averageGlandularDoseMgy",
      (select count(*) from dose_event x where x.hospital_id = report.hospital_id and x.run_id = report.run_id and x.is_rejected) as rejected,
      (select count(*) from dose_event x where x.hospital_id = report.hospital_id and x.run_id = report.run_id and x.is_repeated) as repeated,
      false as "isTyped", e.exam_at as at
    from report
      join exam e on e.hospital_id = report.hospital_id and e.exam_id = report.exam_id
      left join device on device.hospital_id = e.hospital_id and device.device_id = coalesce(report.device_id, e.device_id)
    where report.source in ('rdsr', 'enhanced-sr') or (not report.has_report and not (report.source = 'header'
      and exists (select from typed where typed.exam_id = report.exam_id)))
    union all
    select typed.typed_dose_id, typed.exam_id, e.device_id, coalesce(device.name, ''), e.modality, 'dose-screen',
      null, e.description, date_part('year', age(e.exam_at, patient.birth_date)), typed.dlp_mgy_cm,
      typed.highest_ctdi_vol_mgy, typed.dose_area_product_dgy_cm2, typed.average_glandular_dose_mgy, 0, 0, true, e.exam_at
    from typed
      join exam e on e.hospital_id = typed.hospital_id and e.exam_id = typed.exam_id
      join patient on patient.hospital_id = e.hospital_id and patient.patient_id = e.patient_id
      left join device on device.hospital_id = e.hospital_id and device.device_id = e.device_id
    order by at desc, 1 limit ${limit}`.execute(unit.db);
  return rows;
};

export const countRejectionReasons = async (unit: UnitOfWork, days: DayRange) => {
  const { rows } = await sql<{ reason: string; count: number }>`
    with run as (${newestRuns(unit, days)})
    select coalesce(e.rejection_reason, '') as reason, count(*) as count
    from run join dose_event e on e.hospital_id = run.hospital_id and e.run_id = run.run_id
    where e.is_rejected group by 1 order by 2 desc, 1`.execute(unit.db);
  return rows;
};
