import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { readHeaderFacts } from '@jiapian/dicom';
import { fixedClock } from '@jiapian/kernel';
import { startTestDatabase, type TestDatabase } from '../../../../test/testkit/src/database.ts';
import { startHeldObjects } from '../../../../test/testkit/src/held-objects.ts';
import { startRoomHttp } from '../../../../test/testkit/src/room-http.ts';
import { sample } from '../../../../test/testkit/src/samples.ts';
import { createRegister, type ReceivedObject } from '../exams/index.ts';
import type { UnitOfWork } from '../platform/database.ts';
import { silentLog } from '../platform/log.ts';
import { createAnalysisRoom } from './analysis-room.ts';
import { createMeasurePool, type MeasurePool } from './measure-pool.ts';

const liveEvents = { publishWith: async () => undefined };

/** The room with some samples received and registered, and films made of some of them; nothing is measured yet. */
export const startAnalysis = async (names: readonly string[], filmNames: readonly string[]) => {
  const clock = fixedClock(new Date('2026-11-24T08:00:00Z'));
  const test: TestDatabase = await startTestDatabase();
  const held = await startHeldObjects(clock);
  const { registerBatch } = createRegister({ database: test.database, clock, store: held.store, liveEvents });
  const [exams, uids, films] = [new Map<string, string>(), new Map<string, string>(), new Map<string, string>()];
  const received: ReceivedObject[] = [];
  for (const name of names) {
    const bytes = new Uint8Array(await readFile(sample(name)));
    uids.set(name, readHeaderFacts(bytes).sopInstanceUid);
    received.push(await held.hold(bytes));
  }
  await registerBatch(received);
  for (const name of names) {
    const [row] = await test.asOwner<{ exam_id: string }>(`select exam_id from instance where sop_instance_uid = $1`, [
      uids.get(name),
    ]);
    exams.set(name, row!.exam_id);
  }
  for (const name of filmNames) {
    films.set(name, randomUUID());
    await test.asOwner(
      `insert into film (hospital_id, film_id, exam_id, kind, sop_instance_uid, position_code, day)
       values ($1, $2, $3, 'image', $4, 'CH01', '2026-11-24')`,
      [test.hospitalId, films.get(name), exams.get(name), uids.get(name)],
    );
  }
  const pool = createMeasurePool();
  const room = createAnalysisRoom({ database: test.database, clock, log: silentLog, liveEvents }, held.store);
  const app = await startRoomHttp(test, (frame) => room.routes?.(frame));
  const parts = (over: { pool?: MeasurePool } = {}) => ({
    database: test.database,
    clock,
    store: held.store,
    pool: over.pool ?? pool,
    log: silentLog,
    liveEvents,
  });
  return {
    ...{ test, clock, held, app, exams, uids, films, parts },
    inHospital: <Value>(work: (unit: UnitOfWork) => Promise<Value>): Promise<Value> =>
      test.database.withHospital(test.hospitalId, work),
    ask: async (url: string, caller = 'first') => app.inject({ url, headers: { 'x-caller': caller } }),
    /** An order that the exam of a sample came of. */
    order: (name: string, procedure: string, state: string): Promise<unknown> =>
      test.asOwner(
        `insert into imaging_order (hospital_id, order_id, order_key, procedure_name, state, exam_id, source, told_at,
           received_at, changed_at) values ($1, gen_random_uuid(), $2, $2, $3, $4, 'api', now(), now(), now())`,
        [test.hospitalId, procedure, state, exams.get(name)],
      ),
    stop: async (): Promise<void> => {
      await app.close();
      await room.stop?.();
      await pool.close();
      await held.close();
      await test.stop();
    },
  };
};
export type AnalysisUnderTest = Awaited<ReturnType<typeof startAnalysis>>;
