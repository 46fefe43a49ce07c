import type { GateState, HoldMode } from '@jiapian/rules';
import type { UnitOfWork } from '../platform/database.ts';

/** The gate of one exam, made on first sight and locked until the transaction ends. */
export const lockGate = async (unit: UnitOfWork, examId: string): Promise<{ state: GateState; version: number }> => {
  await unit.db
    .insertInto('gate')
    .values({ hospital_id: unit.hospitalId, exam_id: examId, state: 'none' })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const row = await unit.db
    .selectFrom('gate')
    .select(['state', 'version'])
    .where('hospital_id', '=', unit.hospitalId)
    .where('exam_id', '=', examId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  return { state: row.state as GateState, version: row.version };
};

export interface GateChange {
  state: GateState;
  hold_reason?: string;
  held_at?: Date | null;
  hold_until?: Date | null;
  escalate_at?: Date | null;
  escalated_at?: Date | null;
  escalated_to?: string | null;
  hold_mode?: HoldMode;
  rule_name?: string;
  policy_version?: number | null;
  released_at?: Date | null;
  release_reason?: string | null;
  released_by?: string | null;
}

export const updateGate = async (unit: UnitOfWork, examId: string, change: GateChange): Promise<void> => {
  await unit.db
    .updateTable('gate')
    .set((eb) => ({ ...change, version: eb('version', '+', 1) }))
    .where('hospital_id', '=', unit.hospitalId)
    .where('exam_id', '=', examId)
    .execute();
};

/** Held exams whose time is up. */
export const findOverdueGates = async (unit: UnitOfWork, now: Date, limit: number): Promise<string[]> => {
  const rows = await unit.db
    .selectFrom('gate')
    .select('exam_id')
    .where('hospital_id', '=', unit.hospitalId)
    .where('state', '=', 'held')
    .where('hold_until', '<=', now)
    .orderBy('hold_until')
    .limit(limit)
    .execute();
  return rows.map((row) => row.exam_id);
};

/** Held exams, the next to leave first. */
export const findHeldExams = async (unit: UnitOfWork, limit: number): Promise<string[]> => {
  const rows = await unit.db
    .selectFrom('gate')
    .select('exam_id')
    .where('hospital_id', '=', unit.hospitalId)
    .where('state', '=', 'held')
    .orderBy('hold_until')
    .limit(limit)
    .execute();
  return rows.map((row) => row.exam_id);
};

/** Held exams for which nobody has been called yet although it is time to. */
export const findGatesToEscalate = async (unit: UnitOfWork, now: Date, limit: number): Promise<string[]> => {
  const rows = await unit.db
    .selectFrom('gate')
    .select('exam_id')
    .where('hospital_id', '=', unit.hospitalId)
    .where('state', '=', 'held')
    .where('escalated_at', 'is', null)
    .where('escalate_at', '<=', now)
    .orderBy('escalate_at')
    .limit(limit)
    .execute();
  return rows.map((row) => row.exam_id);
};

export const markEscalated = async (unit: UnitOfWork, examId: string, at: Date, to: string | null): Promise<void> => {
  await unit.db
    .updateTable('gate')
    .set({ escalated_at: at, escalated_to: to })
    .where('hospital_id', '=', unit.hospitalId)
    .where('exam_id', '=', examId)
    .execute();
};

/** Of these accounts, the ones that can sign in. */
export const findActiveAccounts = async (unit: UnitOfWork, accountIds: readonly string[]): Promise<string[]> => {
  if (accountIds.length === 0) return [];
  const rows = await unit.db
    .selectFrom('account')
    .select('account_id')
    .where('hospital_id', '=', unit.hospitalId)
    .where('account_id', 'in', [...accountIds])
    .where('disabled_at', 'is', null)
    .execute();
  return rows.map((row) => row.account_id);
};

/** How urgent the register takes the exam to be. */
export const findPriority = (unit: UnitOfWork, examId: string) =>
  unit.db
    .selectFrom('exam')
    .select('priority')
    .where('hospital_id', '=', unit.hospitalId)
    .where('exam_id', '=', examId)
    .executeTakeFirst();

/** Is the exam held at this moment? */
export const isHeld = async ({ db, hospitalId }: UnitOfWork, examId: string): Promise<boolean> => {
  const held = await db
    .selectFrom('gate')
    .select('exam_id')
    .where('hospital_id', '=', hospitalId)
    .where('exam_id', '=', examId)
    .where('state', '=', 'held')
    .executeTakeFirst();
  return held !== undefined;
};
