import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';

/** Held until clear: every task of the exam is done, none failed, and the newest run of each subject found nothing. */
export const findClearExams = async (unit: UnitOfWork, limit: number): Promise<string[]> => {
  const rows = await sql<{ exam_id: string }>`
    select gate.exam_id from gate
    where gate.hospital_id = ${unit.hospitalId} and gate.state = 'held' and gate.hold_mode = 'until-clear'
      and exists (select from analysis_task task where task.hospital_id = gate.hospital_id
        and task.exam_id = gate.exam_id and task.state = 'done')
      and not exists (select from analysis_task task where task.hospital_id = gate.hospital_id
        and task.exam_id = gate.exam_id and task.state <> 'done')
      and not exists (
        select from finding
        join analysis_run run on run.hospital_id = finding.hospital_id and run.run_id = finding.run_id
        where finding.hospital_id = gate.hospital_id and run.exam_id = gate.exam_id
          and finding.severity <> 'info' and not finding.is_silent
          and not exists (select from analysis_run newer where newer.hospital_id = run.hospital_id
            and newer.exam_id = run.exam_id and newer.subject_uid = run.subject_uid
            and newer.analyser_id is not distinct from run.analyser_id
            and newer.measured_at > run.measured_at))
    order by gate.hold_until limit ${limit}`.execute(unit.db);
  return rows.rows.map((row) => row.exam_id);
};
