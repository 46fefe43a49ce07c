import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type Analyser,
  type AnalyserBody,
  analyserListSchema,
  type FilmAnalysis,
  filmAnalysisSchema,
} from '@jiapian/contract';
import { readHeaderFacts } from '@jiapian/dicom';
import { fixedClock } from '@jiapian/kernel';
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { startTestDatabase, type TestDatabase } from '../../../../test/testkit/src/database.ts';
import { type HeldObjects, startHeldObjects } from '../../../../test/testkit/src/held-objects.ts';
import { startRoomHttp } from '../../../../test/testkit/src/room-http.ts';
import { sample } from '../../../../test/testkit/src/samples.ts';
import { createRegister, type ReceivedObject } from '../exams/index.ts';
import type { App } from '../platform/app.ts';
import { silentLog } from '../platform/log.ts';
import { analyserRoutes } from './analysers.routes.ts';
import { analysisRoutes } from './analysis.routes.ts';
import { analysisVersion } from './analysis-version.ts';
import { createDecodePool, type DecodePool } from './decode-pool.ts';
import { createMeasurePool, type MeasurePool } from './measure-pool.ts';
import { measureTasks } from './measure-tasks.ts';
import { runAnalysers } from './run-analysers.ts';
import { queueExam } from './tasks.repository.ts';

export interface Question {
  requestId: string;
  frame: { columns: number; rows: number; samples: string };
}
/** What the program of a test does with a question. */
export type Act = (question: Question, response: ServerResponse) => void;

/** What a program says that does its part. */
const goodAnswer = ({ requestId, frame }: Question, over: object = {}) => ({
  contract: 1,
  requestId,
  program: { name: 'lungnet', version: '2.4.1' },
  measurements: [
    {
      metric: 'lung-share',
      value: 0.41,
      unit: '1',
      method: 'unet',
      version: 3,
      place: { column: 0, row: 0, width: frame.columns, height: frame.rows },
    },
  ],
  notMeasured: [{ metric: 'rib-count', reason: 'not-frontal' }],
  findings: [
    { rule: 'lung-cut', version: 1, severity: 'notice', message: { zh: '肺野可能截断', en: 'The lung may be cut' } },
  ],
  ...over,
});
/** Says that, but for what is put in its place. */
export const say =
  (over: object = {}): Act =>
  (question, response) => {
    response.end(JSON.stringify(goodAnswer(question, over)));
  };

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
};

/** The room, some films of it, and a small program of others that answers over HTTP; for all tests of a file. */
export const useAnalysers = (names: readonly string[]) => {
  let held: HeldObjects;
  let measuring: MeasurePool;
  let decoding: DecodePool;
  const exams = new Map<string, string>();
  const liveEvents = { publishWith: async () => undefined };
  const never = new AbortController().signal;
  const program = createServer((request, response) => {
    const answer = (body: string): void => {
      under.asked.push({ body, authorization: request.headers.authorization });
      under.answer(JSON.parse(body) as Question, response);
    };
    // Who asked may have hung up meanwhile.
    bodyOf(request).then(answer, () => undefined);
  });
  const form = (over: Partial<AnalyserBody> = {}): Partial<AnalyserBody> => ({
    code: 'lungs',
    name: 'Lung model',
    address: under.address,
    token: 'open sesame',
    timeoutSeconds: 1,
    isEnabled: true,
    ...over,
  });
  const analysisOf = async (name: string): Promise<FilmAnalysis> =>
    filmAnalysisSchema.parse((await under.app.inject(`/api/v1/exams/${exams.get(name)}/analysis`)).json());
  const under = {
    test: undefined as unknown as TestDatabase,
    app: undefined as unknown as App,
    clock: fixedClock(new Date('2026-11-24T08:00:00Z')),
    address: '',
    asked: [] as { body: string; authorization: string | undefined }[],
    answer: say() as Act,
    exams,
    form,
    analysisOf,
    add: async (over: Partial<AnalyserBody> = {}): Promise<string> => {
      const added = await under.app.inject({ method: 'POST', url: '/api/v1/analysers', payload: form(over) });
      expect(added.statusCode).toBe(201);
      return added.json<{ analyserId: string }>().analyserId;
    },
    list: async (): Promise<Analyser[]> =>
      analyserListSchema.parse((await under.app.inject('/api/v1/analysers')).json()).items,
    measure: async (name: string): Promise<void> => {
      const { test, clock } = under;
      await test.database.withHospital(test.hospitalId, (unit) =>
        queueExam(unit, exams.get(name)!, analysisVersion, clock.now()),
      );
      const parts = { database: test.database, clock, store: held.store, pool: measuring, log: silentLog, liveEvents };
      await measureTasks(parts, never);
    },
    run: (): Promise<number> => {
      const { database } = under.test;
      return runAnalysers(
        { database, clock: under.clock, store: held.store, decoding, log: silentLog, liveEvents },
        never,
      );
    },
    runOf: async (name: string) => (await analysisOf(name)).subjects.find(({ analyserName }) => analyserName !== null),
  };

  beforeAll(async () => {
    program.listen(0, '127.0.0.1');
    await once(program, 'listening');
    under.address = `http://127.0.0.1:${(program.address() as AddressInfo).port}/measure`;
    const test = await startTestDatabase();
    const { clock } = under;
    under.test = test;
    held = await startHeldObjects(clock);
    const received: ReceivedObject[] = [];
    const uids = new Map<string, string>();
    for (const name of names) {
      const bytes = new Uint8Array(await readFile(sample(name)));
      uids.set(name, readHeaderFacts(bytes).sopInstanceUid);
      received.push(await held.hold(bytes));
    }
    await createRegister({ database: test.database, clock, store: held.store, liveEvents }).registerBatch(received);
    for (const name of names) {
      const [row] = await test.asOwner<{ exam_id: string }>(
        `select exam_id from instance where sop_instance_uid = $1`,
        [uids.get(name)],
      );
      exams.set(name, row!.exam_id);
    }
    measuring = createMeasurePool();
    decoding = createDecodePool();
    under.app = await startRoomHttp(test, (frame) => {
      analyserRoutes(frame, test.database, clock);
      analysisRoutes(frame, test.database, clock);
    });
  }, 60_000);
  beforeEach(async () => {
    under.asked = [];
    under.answer = say();
    await under.test.asOwner(`truncate analyser, analyser_task, analysis_run, analysis_task, gate cascade`);
  });
  afterAll(async () => {
    await under.app.close();
    await measuring.close();
    await decoding.close();
    await held.close();
    await under.test.stop();
    program.closeAllConnections();
    program.close();
  });
  return under;
};
