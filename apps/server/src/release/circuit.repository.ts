import type { Circuit } from '@jiapian/rules';
import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';

export const saveCircuit = async (
  unit: UnitOfWork,
  destinationId: string,
  circuit: Circuit,
  answer: string,
  at: Date,
): Promise<void> => {
  const values = {
    state: circuit.state,
    failures: circuit.failures,
    next_trial_at: circuit.nextTrialMs === null ? null : new Date(circuit.nextTrialMs),
    last_answer: answer,
  };
  await unit.db
    .insertInto('destination_circuit')
    .values({ hospital_id: unit.hospitalId, destination_id: destinationId, ...values, changed_at: at })
    .onConflict((conflict) =>
      conflict.columns(['hospital_id', 'destination_id']).doUpdateSet({
        ...values,
        changed_at: sql`case when destination_circuit.state = excluded.state then destination_circuit.changed_at
          else excluded.changed_at end`,
      }),
    )
    .execute();
};

/** A destination is back: what failed because it was away need not wait any longer. */
export const resumeFailed = async (unit: UnitOfWork, destinationId: string, at: Date): Promise<void> => {
  await unit.db
    .updateTable('forward')
    .set({ next_attempt_at: at })
    .where('hospital_id', '=', unit.hospitalId)
    .where('destination_id', '=', destinationId)
    .where('state', '=', 'failed')
    .where('next_attempt_at', '>', at)
    .execute();
};

/** A person wants it tried now, whatever the circuit says. */
export const tryCircuitNow = async (unit: UnitOfWork, destinationId: string | undefined, at: Date): Promise<void> => {
  let query = unit.db
    .updateTable('destination_circuit')
    .set({ next_trial_at: at })
    .where('hospital_id', '=', unit.hospitalId)
    .where('state', '=', 'open');
  if (destinationId !== undefined) query = query.where('destination_id', '=', destinationId);
  await query.execute();
};
