import { sql } from 'kysely';
import type { SystemUnitOfWork } from '../platform/database.ts';

type Counts = [Readonly<Record<string, string>>, number][];

/** Exams at the gate and when the next clock runs out, over all hospitals. */
export const countGates = async ({ db }: SystemUnitOfWork): Promise<Counts> => {
  const rows = await sql<{ state: string; n: number }>`select state, count(*) as n from gate
    where state in ('held', 'returned') group by state`.execute(db);
  return rows.rows.map(({ state, n }) => [{ state }, n]);
};

export const countForwards = async ({ db }: SystemUnitOfWork): Promise<Counts> => {
  const rows = await sql<{ state: string; n: number }>`select state, count(*) as n from forward
    where state not in ('sent', 'cancelled') group by state`.execute(db);
  return rows.rows.map(({ state, n }) => [{ state }, n]);
};

export const countRejections = async ({ db }: SystemUnitOfWork): Promise<Counts> => {
  const rows = await sql<{ state: string; n: number }>`select state, count(*) as n from rejection
    where state not in ('hidden', 'done', 'taken-back') group by state`.execute(db);
  return rows.rows.map(({ state, n }) => [{ state }, n]);
};

/** 1 for a destination that is left alone because it does not answer. */
export const listDown = async ({ db }: SystemUnitOfWork): Promise<Counts> => {
  const rows = await sql<{ name: string; down: number }>`
    select destination.name, coalesce((circuit.state <> 'closed')::int, 0) as down
    from destination left join destination_circuit circuit using (hospital_id, destination_id)
    where destination.is_enabled`.execute(db);
  return rows.rows.map(({ name, down }) => [{ destination: name }, down]);
};

/** Gates that opened by themselves and are still open. */
export const countOpenings = async ({ db }: SystemUnitOfWork): Promise<number> => {
  const rows = await sql<{ n: number }>`select count(*) as n from gate_opening where closed_at is null`.execute(db);
  return rows.rows[0]?.n ?? 0;
};

export const countOverdueRepeats = async ({ db }: SystemUnitOfWork, openedBefore: Date): Promise<number> => {
  const rows = await sql<{ n: number }>`select count(*) as n from repeat_order
    where state = 'open' and opened_at < ${openedBefore}`.execute(db);
  return rows.rows[0]?.n ?? 0;
};
