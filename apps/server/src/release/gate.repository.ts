import type { GateState } from '@jiapian/rules';
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

/** What the hold policy asks about an exam. */
export const findHoldFacts = (unit: UnitOfWork, examId: string) =>
  unit.db
    .selectFrom('exam')
    .leftJoin('device', (join) =>
      join.onRef('device.hospital_id', '=', 'exam.hospital_id').onRef('device.device_id', '=', 'exam.device_id'),
    )
    .select(['exam.priority', 'device.priority_class', 'device.hold_minutes', 'device.named_at'])
    .where('exam.hospital_id', '=', unit.hospitalId)
    .where('exam.exam_id', '=', examId)
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
