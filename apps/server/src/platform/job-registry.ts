import type { DomainEvent, DomainEventName } from '@jiapian/contract';
import { AppError } from '@jiapian/kernel';
import { sql } from 'kysely';
import type { Sql, UnitOfWork } from './unit-of-work.ts';

/** What a room does after an event, in its own transaction, once for each event and job name. */
export interface Job<Event extends DomainEventName = DomainEventName> {
  /** `verb-noun`, unique in the whole server: it stands in the job table. */
  name: string;
  on: Event;
  /** What is changed through `unit` commits together with the job being done, or not at all. */
  handle(unit: UnitOfWork, payload: Extract<DomainEvent, { name: Event }>['payload']): Promise<void>;
}

export interface JobRegistry {
  register(jobs: readonly AnyJob[]): void;
  find(name: string): AnyJob | undefined;
  enqueue(db: Sql, hospitalId: string, event: DomainEvent): Promise<void>;
}

export interface AnyJob {
  name: string;
  on: DomainEventName;
  handle(unit: UnitOfWork, payload: never): Promise<void>;
}

/** Keeps the handler's payload type of the event that it is declared for. */
export const job = <Event extends DomainEventName>(definition: Job<Event>): AnyJob => definition;

export const jobChannel = 'jiapian_jobs';

export const createJobRegistry = (): JobRegistry => {
  const jobs = new Map<string, AnyJob>();
  return {
    register: (added) => {
      for (const one of added) {
        if (jobs.has(one.name)) throw new AppError('SERVER_DEFECT', { reason: 'two jobs of one name', job: one.name });
        jobs.set(one.name, one);
      }
    },
    find: (name) => jobs.get(name),
    enqueue: async (db, hospitalId, event) => {
      const subscribers = [...jobs.values()].filter(({ on }) => on === event.name);
      if (subscribers.length === 0) return;
      const payload = JSON.stringify(event.payload);
      await db
        .insertInto('job')
        .values(subscribers.map(({ name }) => ({ hospital_id: hospitalId, name, payload })))
        .execute();
      await sql`select pg_notify(${jobChannel}, '')`.execute(db);
    },
  };
};
