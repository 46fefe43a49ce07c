import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';
import { rowsOf, type ListPage } from '../platform/list-page.ts';
import { positionCodes } from './gate-rows.repository.ts';
import { isBehindKey, latestFirst } from '../platform/list-key.ts';

const statesOf = {
  unsent: ['queued', 'sending', 'unconfirmed', 'failed', 'refused', 'parked'],
  failed: ['failed'],
  refused: ['refused', 'parked'],
  sent: ['sent'],
} as const;
export type ForwardList = keyof typeof statesOf;

/** What most needs attention first, the newest of it first. */
const forwardKey = sql<string>`array_position(
  array['refused','parked','failed','unconfirmed','sending','queued','sent','cancelled'], grouped.state) || ${latestFirst('grouped.queued_at')}`;
const forwardId = sql<string>`grouped.exam_id || ' ' || grouped.destination_id`;

/** One row per exam and destination: how much has arrived, and what most needs attention. */
export const findForwardRows = (unit: UnitOfWork, list: ForwardList, page: ListPage) =>
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
            array['refused','parked','failed','unconfirmed','sending','queued','sent','cancelled'], forward.state)))[1]`.as(
            'state',
          ),
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
    .select(forwardKey.as('list_key'))
    .where(isBehindKey(forwardKey, forwardId, page))
    .orderBy(forwardKey)
    .orderBy(forwardId)
    .limit(rowsOf(page))
    .execute();
