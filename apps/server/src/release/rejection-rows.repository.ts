import { rejectionStatesForAPerson } from '@jiapian/rules';
import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';
import { rowsOf, type ListPage } from '../platform/list-page.ts';
import { isBehindKey, latestFirst } from '../platform/list-key.ts';

export type RejectionList = 'open' | 'for-a-person' | 'all';

const closedStates = ['hidden', 'done', 'taken-back'] as const;
const madeKey = latestFirst('rejection.made_at');

const rejectionRows = (unit: UnitOfWork) =>
  unit.db
    .selectFrom('rejection')
    .innerJoin('exam', (join) =>
      join.onRef('exam.hospital_id', '=', 'rejection.hospital_id').onRef('exam.exam_id', '=', 'rejection.exam_id'),
    )
    .innerJoin('destination', (join) =>
      join
        .onRef('destination.hospital_id', '=', 'rejection.hospital_id')
        .onRef('destination.destination_id', '=', 'rejection.destination_id'),
    )
    .innerJoin('patient', (join) =>
      join.onRef('patient.hospital_id', '=', 'exam.hospital_id').onRef('patient.patient_id', '=', 'exam.patient_id'),
    )
    .select([
      'rejection.rejection_id',
      'rejection.exam_id',
      'rejection.destination_id',
      'rejection.title',
      'rejection.reason_code',
      'rejection.state',
      'rejection.attempts',
      'rejection.next_attempt_at',
      'rejection.answer_code',
      'rejection.answer_text',
      'rejection.made_at',
      'rejection.sent_at',
      'rejection.still_visible',
      'rejection.closed_at',
      'rejection.close_note',
      'rejection.sop_instance_uid',
      'rejection.copy_id',
      'exam.accession_number',
      'exam.modality',
      'exam.description',
      'exam.study_instance_uid',
      'patient.name as patient_name',
      'patient.dicom_patient_id',
      'destination.name as destination_name',
      'destination.ae_title',
    ])
    .select(sql<number>`cardinality(rejection.instance_uids)`.as('objects'))
    .where('rejection.hospital_id', '=', unit.hospitalId);

/** What the archives were told, the last first. */
export const findRejections = (
  unit: UnitOfWork,
  asked: { list: RejectionList; examId?: string | undefined },
  page: ListPage,
) =>
  rejectionRows(unit)
    .select(madeKey.as('list_key'))
    .$if(asked.list === 'open', (query) => query.where('rejection.state', 'not in', [...closedStates]))
    .$if(asked.list === 'for-a-person', (query) => query.where('rejection.state', 'in', [...rejectionStatesForAPerson]))
    .$if(asked.examId !== undefined, (query) => query.where('rejection.exam_id', '=', asked.examId ?? ''))
    .where(isBehindKey(madeKey, sql`rejection.rejection_id`, page))
    .orderBy(madeKey)
    .orderBy(sql`rejection.rejection_id::text`)
    .limit(rowsOf(page))
    .execute();

export type RejectionRow = Awaited<ReturnType<typeof findRejections>>[number];

/** One of them with the objects that it names. */
export const findRejection = (unit: UnitOfWork, rejectionId: string) =>
  rejectionRows(unit)
    .select('rejection.instance_uids')
    .where('rejection.rejection_id', '=', rejectionId)
    .executeTakeFirst();

/** Who has looked at the images of an exam here, and when last. */
export const findViewers = async (unit: UnitOfWork, examId: string, limit: number) => {
  const rows = await sql<{ name: string; at: Date }>`
    select coalesce(account.display_name, entry.actor) as name, max(entry.at) as at
    from audit_entry entry
    left join account on account.hospital_id = entry.hospital_id and account.account_id = entry.account_id
    where entry.hospital_id = ${unit.hospitalId} and entry.subject_kind = 'exam' and entry.subject_id = ${examId}
      and entry.action = 'archive.read'
    group by 1 order by 2 desc limit ${limit}`.execute(unit.db);
  return rows.rows;
};

/** The objects of one film, or of the whole exam where the film is the exam. */
export const findFilmInstances = async (unit: UnitOfWork, filmId: string) => {
  const rows = await sql<{ exam_id: string; sop_instance_uid: string; total: number }>`
    select film.exam_id, instance.sop_instance_uid,
      (select count(*) from instance other where other.hospital_id = film.hospital_id and other.exam_id = film.exam_id)
        as total
    from film
    join instance on instance.hospital_id = film.hospital_id and instance.exam_id = film.exam_id
      and (film.kind = 'exam' or instance.sop_instance_uid = film.sop_instance_uid)
    where film.hospital_id = ${unit.hospitalId} and film.film_id = ${filmId}`.execute(unit.db);
  return rows.rows;
};

/** What would have to be called back from where, and whether the way there is open. */
export const findDestinationsWithCircuit = async (unit: UnitOfWork) => {
  const rows = await sql<{
    destination_id: string;
    name: string;
    reject_recipe: 'note' | 'task';
    undo_recipe: 'resend' | 'revoke-note';
    is_down: boolean;
  }>`
    select destination.destination_id, destination.name, destination.reject_recipe, destination.undo_recipe,
      coalesce(circuit.state <> 'closed', false) as is_down
    from destination left join destination_circuit circuit using (hospital_id, destination_id)
    where destination.hospital_id = ${unit.hospitalId} order by destination.name`.execute(unit.db);
  return rows.rows;
};

/** The correction of an exam because of which an archive was told something at this moment. */
export const findCorrectionTold = async (
  unit: UnitOfWork,
  examId: string,
  at: Date,
): Promise<{ before: Record<string, unknown>; after: Record<string, unknown> } | null> => {
  const rows = await sql<{ before: Record<string, unknown>; after: Record<string, unknown> }>`
    select before, after from correction
    where hospital_id = ${unit.hospitalId} and (exam_id = ${examId} or target_exam_id = ${examId})
      and state in ('in-force', 'undone') and decided_at = ${at}
    order by decided_at desc, correction_id limit 1`.execute(unit.db);
  return rows.rows[0] ?? null;
};
