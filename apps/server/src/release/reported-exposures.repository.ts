import { sql } from 'kysely';

/** Where one exposure makes one image; elsewhere counting them says nothing. [GKU] */
export const countedModalities = sql`('CR', 'DX', 'MG', 'IO', 'PX')`;

/** The dose report of `exam` that was read last; what a header or a screen says of a dose counts no exposures. */
export const newestDoseReport = sql`
  select dose_report.run_id from dose_report
  join analysis_run run on run.hospital_id = dose_report.hospital_id and run.run_id = dose_report.run_id
  where dose_report.hospital_id = exam.hospital_id and dose_report.exam_id = exam.exam_id
    and dose_report.source in ('rdsr', 'enhanced-sr')
  order by run.measured_at desc limit 1`;

/** Pictures of `exam` that people look at: what a detector delivers for processing is the same exposure again. */
export const imagesOfExam = sql`
  where instance.hospital_id = exam.hospital_id and instance.exam_id = exam.exam_id and instance.is_image
    and coalesce(instance.facts->>'presentationIntentType', '') <> 'FOR PROCESSING'`;
