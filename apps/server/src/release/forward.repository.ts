import type { ForwardState } from '@jiapian/rules';
import { sql } from 'kysely';
import type { SystemUnitOfWork, UnitOfWork } from '../platform/database.ts';
import { positionCodes } from './gate.repository.ts';

export const destinationColumns = [
  'destination_id',
  'name',
  'kind',
  'ae_title',
  'host',
  'port',
  'url',
  'secret',
  'is_enabled',
  'version',
] as const;

export type DestinationRow = Awaited<ReturnType<typeof listDestinations>>[number];

export const listDestinations = (unit: UnitOfWork) =>
  unit.db
    .selectFrom('destination')
    .select(destinationColumns)
    .where('hospital_id', '=', unit.hospitalId)
    .orderBy('name')
    .limit(200)
    .execute();

export const findDestination = (unit: UnitOfWork, destinationId: string) =>
  unit.db
    .selectFrom('destination')
    .select(destinationColumns)
    .where('hospital_id', '=', unit.hospitalId)
    .where('destination_id', '=', destinationId)
    .executeTakeFirst();

/** Destinations with something due now, over all hospitals. */
export const findDueDestinations = (unit: SystemUnitOfWork, now: Date) =>
  unit.db
    .selectFrom('destination')
    .select(['hospital_id', ...destinationColumns])
    .where('is_enabled', '=', true)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('forward')
          .select('forward_id')
          .whereRef('forward.destination_id', '=', 'destination.destination_id')
          .where('state', 'in', ['queued', 'failed'])
          .where('next_attempt_at', '<=', now),
      ),
    )
    .execute();

/** One object to send: where its bytes are and how they are encoded. */
export interface TakenForward {
  forward_id: number;
  exam_id: string;
  sop_instance_uid: string;
  sop_class_uid: string;
  object_id: string;
  transfer_syntax_uid: string;
  data_set_offset: number;
  attempts: number;
}

/** Takes the next due objects of a destination, emergencies first; each is `sending` from then on. */
export const takeForwards = async (
  unit: UnitOfWork,
  destinationId: string,
  now: Date,
  limit: number,
): Promise<TakenForward[]> => {
  const taken = await sql<TakenForward>`
    with due as (
      select forward.forward_id
      from forward join exam on exam.hospital_id = forward.hospital_id and exam.exam_id = forward.exam_id
      where forward.hospital_id = ${unit.hospitalId} and forward.destination_id = ${destinationId}
        and forward.state in ('queued', 'failed') and forward.next_attempt_at <= ${now}
      order by (exam.priority = 'emergency') desc, forward.next_attempt_at, forward.forward_id
      limit ${limit} for update of forward skip locked)
    update forward set state = 'sending'
    from due, instance, stored_object
    where forward.hospital_id = ${unit.hospitalId} and forward.forward_id = due.forward_id
      and instance.hospital_id = forward.hospital_id and instance.sop_instance_uid = forward.sop_instance_uid
      and stored_object.hospital_id = instance.hospital_id and stored_object.object_id = instance.object_id
    returning forward.forward_id, forward.exam_id, forward.sop_instance_uid, instance.sop_class_uid,
      instance.object_id, stored_object.transfer_syntax_uid, stored_object.data_set_offset, forward.attempts`.execute(
    unit.db,
  );
  return taken.rows.toSorted((one, other) => one.forward_id - other.forward_id);
};

export interface ForwardAnswer {
  forward_id: number;
  state: ForwardState;
  attempts: number;
  next_attempt_at: Date;
  answer_code: string;
  answer_text: string;
}

export const recordAnswers = async (unit: UnitOfWork, answers: readonly ForwardAnswer[], at: Date): Promise<void> => {
  for (const { forward_id, ...answer } of answers) {
    await unit.db
      .updateTable('forward')
      .set({ ...answer, answered_at: at })
      .where('hospital_id', '=', unit.hospitalId)
      .where('forward_id', '=', forward_id)
      .execute();
  }
};

/** After a stop in the middle nobody knows whether the peer has the object: it is sent again. */
export const requeueInterrupted = async (unit: SystemUnitOfWork): Promise<void> => {
  await unit.db.updateTable('forward').set({ state: 'queued' }).where('state', '=', 'sending').execute();
};

/** Another round for what failed, was refused or is parked. */
export const retryForwards = async (
  unit: UnitOfWork,
  filter: { destinationId?: string | undefined; examId?: string | undefined },
  now: Date,
): Promise<number> => {
  let query = unit.db
    .updateTable('forward')
    .set({ state: 'queued', attempts: 0, next_attempt_at: now })
    .where('hospital_id', '=', unit.hospitalId)
    .where('state', 'in', ['failed', 'refused', 'parked']);
  if (filter.destinationId !== undefined) query = query.where('destination_id', '=', filter.destinationId);
  if (filter.examId !== undefined) query = query.where('exam_id', '=', filter.examId);
  const updated = await query.executeTakeFirst();
  return Number(updated.numUpdatedRows);
};

const statesOf = {
  unsent: ['queued', 'sending', 'failed', 'refused', 'parked'],
  failed: ['failed'],
  refused: ['refused', 'parked'],
  sent: ['sent'],
} as const;
export type ForwardList = keyof typeof statesOf;

/** One row per exam and destination: how much has arrived, and what most needs attention. */
export const findForwardRows = (unit: UnitOfWork, list: ForwardList, offset: number, limit: number) =>
  unit.db
    .selectFrom((eb) =>
      eb
        .selectFrom('forward')
        .select([
          'forward.hospital_id',
          'forward.exam_id',
          'forward.destination_id',
          sql<number>`count(*) filter (where forward.state = 'sent')`.as('sent'),
          sql<number>`count(*) filter (where forward.state <> 'cancelled')`.as('total'),
          sql<string>`(array_agg(forward.state order by array_position(
            array['refused','parked','failed','sending','queued','sent','cancelled'], forward.state)))[1]`.as('state'),
          sql<number>`max(forward.attempts)`.as('attempts'),
          sql<Date | null>`min(forward.next_attempt_at) filter (where forward.state in ('queued', 'failed'))`.as(
            'next_attempt_at',
          ),
          sql<string | null>`(array_agg(forward.answer_code order by forward.answered_at desc nulls last))[1]`.as(
            'answer_code',
          ),
          sql<string | null>`(array_agg(forward.answer_text order by forward.answered_at desc nulls last))[1]`.as(
            'answer_text',
          ),
          sql<Date>`min(forward.queued_at)`.as('queued_at'),
        ])
        .where('forward.hospital_id', '=', unit.hospitalId)
        .where(({ exists, selectFrom }) =>
          exists(
            selectFrom('forward as wanted')
              .select('wanted.forward_id')
              .whereRef('wanted.hospital_id', '=', 'forward.hospital_id')
              .whereRef('wanted.exam_id', '=', 'forward.exam_id')
              .whereRef('wanted.destination_id', '=', 'forward.destination_id')
              .where('wanted.state', 'in', statesOf[list]),
          ),
        )
        .groupBy(['forward.hospital_id', 'forward.exam_id', 'forward.destination_id'])
        .as('grouped'),
    )
    .innerJoin('exam', (join) =>
      join.onRef('exam.hospital_id', '=', 'grouped.hospital_id').onRef('exam.exam_id', '=', 'grouped.exam_id'),
    )
    .innerJoin('destination', (join) =>
      join
        .onRef('destination.hospital_id', '=', 'grouped.hospital_id')
        .onRef('destination.destination_id', '=', 'grouped.destination_id'),
    )
    .selectAll('grouped')
    .select([
      'exam.accession_number',
      'exam.modality',
      'exam.description',
      'destination.name as destination_name',
      positionCodes.as('position_codes'),
    ])
    .orderBy(sql`array_position(array['refused','parked','failed','sending','queued','sent'], grouped.state)`)
    .orderBy('grouped.queued_at', 'desc')
    .orderBy('grouped.exam_id')
    .offset(offset)
    .limit(limit)
    .execute();
