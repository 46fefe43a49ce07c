import type { Circuit, CircuitState } from '@jiapian/rules';
import { sql } from 'kysely';
import type { SystemUnitOfWork, UnitOfWork } from '../platform/database.ts';
import { isBehind, rowsOf, type ListPage } from '../platform/list-page.ts';

export const destinationColumns = [
  'destination_id',
  'name',
  'kind',
  'ae_title',
  'host',
  'port',
  'uses_tls',
  'url',
  'secret',
  'is_enabled',
  'reject_recipe',
  'undo_recipe',
  'confirmation',
  'forward_rules',
  'coercion',
  'version',
] as const;

export type DestinationRow = Awaited<ReturnType<typeof findDestinationPage>>[number];

export const findDestinationPage = (unit: UnitOfWork, page: ListPage) =>
  unit.db
    .selectFrom('destination')
    .select(destinationColumns)
    .where('hospital_id', '=', unit.hospitalId)
    .where(isBehind('name', 'destination_id', page))
    .orderBy('name')
    .orderBy(sql`destination_id::text`)
    .limit(rowsOf(page))
    .execute();

export const findDestination = (unit: UnitOfWork, destinationId: string) =>
  unit.db
    .selectFrom('destination')
    .select(destinationColumns)
    .where('hospital_id', '=', unit.hospitalId)
    .where('destination_id', '=', destinationId)
    .executeTakeFirst();

export interface DestinationValues {
  name: string;
  kind: 'dimse' | 'stow';
  is_enabled: boolean;
  ae_title: string;
  host: string;
  port: number | null;
  uses_tls: boolean;
  url: string;
  secret?: string;
  reject_recipe: 'note' | 'task';
  undo_recipe: 'resend' | 'revoke-note';
  confirmation: 'status' | 're-query' | 'commitment';
  forward_rules: string;
  coercion: string;
}

export const insertDestination = async (
  unit: UnitOfWork,
  destinationId: string,
  values: DestinationValues,
): Promise<void> => {
  await unit.db
    .insertInto('destination')
    .values({ hospital_id: unit.hospitalId, destination_id: destinationId, ...values })
    .execute();
};

/** False when the destination has moved on from the given version. */
export const updateDestination = async (
  unit: UnitOfWork,
  destinationId: string,
  values: DestinationValues,
  version: number,
): Promise<boolean> => {
  const updated = await unit.db
    .updateTable('destination')
    .set((eb) => ({ ...values, version: eb('version', '+', 1) }))
    .where('hospital_id', '=', unit.hospitalId)
    .where('destination_id', '=', destinationId)
    .where('version', '=', version)
    .executeTakeFirst();
  return updated.numUpdatedRows === 1n;
};

/** Destinations with something due now that may be tried now, over all hospitals. */
export const findDueDestinations = async (unit: SystemUnitOfWork, now: Date): Promise<DueDestination[]> => {
  const due = await unit.db
    .selectFrom('destination')
    .leftJoin('destination_circuit as circuit', (join) =>
      join
        .onRef('circuit.hospital_id', '=', 'destination.hospital_id')
        .onRef('circuit.destination_id', '=', 'destination.destination_id'),
    )
    .select(['destination.hospital_id', ...destinationColumns.map((column) => `destination.${column}` as const)])
    .select([
      sql<CircuitState>`coalesce(circuit.state, 'closed')`.as('circuit_state'),
      sql<number>`coalesce(circuit.failures, 0)`.as('circuit_failures'),
      'circuit.next_trial_at',
    ])
    .where('destination.is_enabled', '=', true)
    .where((eb) => eb.or([eb('circuit.next_trial_at', 'is', null), eb('circuit.next_trial_at', '<=', now)]))
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('forward')
          .select('forward_id')
          .whereRef('forward.destination_id', '=', 'destination.destination_id')
          .where('forward.state', 'in', ['queued', 'failed'])
          .where((eb) => eb.or([eb('next_attempt_at', '<=', now), eb('circuit.next_trial_at', '<=', now)])),
      ),
    )
    .execute();
  return due.map(({ circuit_state, circuit_failures, next_trial_at, ...destination }) => ({
    ...destination,
    circuit: { state: circuit_state, failures: circuit_failures, nextTrialMs: next_trial_at?.getTime() ?? null },
  }));
};

export interface DueDestination extends DestinationRow {
  hospital_id: string;
  circuit: Circuit;
}
