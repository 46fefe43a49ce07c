import { sql } from 'kysely';
import type { SystemUnitOfWork, UnitOfWork } from '../platform/database.ts';

export interface DueRejection {
  hospital_id: string;
  rejection_id: string;
  exam_id: string;
  destination_id: string;
  title: string;
  sop_instance_uid: string;
  content: Buffer;
  attempts: number;
}

/** Notes that are due now, in the order they were made, each `sending` from then on. */
export const takeRejections = async ({ db }: SystemUnitOfWork, now: Date, limit: number): Promise<DueRejection[]> => {
  const rows = await sql<DueRejection>`
    with due as (
      select rejection.hospital_id, rejection.rejection_id
      from rejection
      join destination on destination.hospital_id = rejection.hospital_id
        and destination.destination_id = rejection.destination_id and destination.is_enabled
      left join destination_circuit circuit on circuit.hospital_id = rejection.hospital_id
        and circuit.destination_id = rejection.destination_id
      where rejection.state in ('queued', 'failed') and rejection.next_attempt_at <= ${now}
        and rejection.content is not null
        and (circuit.next_trial_at is null or circuit.next_trial_at <= ${now})
      order by rejection.made_at, rejection.rejection_id
      limit ${limit} for update of rejection skip locked)
    update rejection set state = 'sending' from due
    where rejection.hospital_id = due.hospital_id and rejection.rejection_id = due.rejection_id
    returning rejection.hospital_id, rejection.rejection_id, rejection.exam_id, rejection.destination_id,
      rejection.title, rejection.sop_instance_uid, rejection.content, rejection.attempts`.execute(db);
  return rows.rows;
};

/** After a stop in the middle nobody knows whether the archive has the note: it is sent again. */
export const requeueInterruptedRejections = async ({ db }: SystemUnitOfWork): Promise<void> => {
  await db.updateTable('rejection').set({ state: 'queued' }).where('state', '=', 'sending').execute();
};

export interface UncheckedRejection {
  hospital_id: string;
  rejection_id: string;
  exam_id: string;
  destination_id: string;
  instance_uids: string[];
  copy_id: string;
  study_instance_uid: string;
}

/** Notes that the archive took so long ago that it should have obeyed, and whose effect nobody has looked at. */
export const findUnchecked = async (
  { db }: SystemUnitOfWork,
  { sentBefore, askedBefore }: { sentBefore: Date; askedBefore: Date },
  limit: number,
): Promise<UncheckedRejection[]> => {
  const rows = await sql<UncheckedRejection>`
    select rejection.hospital_id, rejection.rejection_id, rejection.exam_id, rejection.destination_id,
      rejection.instance_uids, rejection.copy_id,
      coalesce(copy.facts ->> 'studyInstanceUid', first.facts ->> 'studyInstanceUid', exam.study_instance_uid)
        as study_instance_uid
    from rejection
    left join copy_version copy on copy.hospital_id = rejection.hospital_id and copy.copy_id = rejection.copy_id
    left join instance first on first.hospital_id = rejection.hospital_id
      and first.sop_instance_uid = rejection.instance_uids[1]
    join exam on exam.hospital_id = rejection.hospital_id and exam.exam_id = rejection.exam_id
    where rejection.state = 'sent' and rejection.title <> 'revoke' and rejection.sent_at <= ${sentBefore}
      and (rejection.checked_at is null or rejection.checked_at <= ${askedBefore})
    order by rejection.sent_at limit ${limit}`.execute(db);
  return rows.rows;
};

export const markChecked = async (unit: UnitOfWork, rejectionId: string, at: Date): Promise<void> => {
  await unit.db
    .updateTable('rejection')
    .set({ checked_at: at })
    .where('hospital_id', '=', unit.hospitalId)
    .where('rejection_id', '=', rejectionId)
    .execute();
};
