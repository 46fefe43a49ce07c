import type { DomainEvent } from '@jiapian/contract';
import type { Transaction } from 'kysely';
import type { DatabaseSchema } from './database-schema.ts';

export type Sql = Transaction<DatabaseSchema>;

/** One transaction bound to one hospital: what it changes and what follows from it commit together. */
export interface UnitOfWork {
  db: Sql;
  hospitalId: string;
  /** Queues one job per subscriber of the event, in this transaction. */
  emit(event: DomainEvent): Promise<void>;
}

/** One transaction that sees every hospital: sign-in, called AE title, dispatching. */
export interface SystemUnitOfWork {
  db: Sql;
  /** The same transaction, as the unit of one hospital. */
  asHospital(hospitalId: string): UnitOfWork;
}
