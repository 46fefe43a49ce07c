import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import {
  analyserListSchema,
  analyserRequestSchema,
  analyserTrialSchema,
  type FilmAnalysis,
  filmAnalysisSchema,
  type AnalyserBody,
} from '@jiapian/contract';
import { type HeaderFacts, readHeaderFacts } from '@jiapian/dicom';
import { fixedClock } from '@jiapian/kernel';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestDatabase, type TestDatabase } from '../../../../test/testkit/src/database.ts';
import { freePorts } from '../../../../test/testkit/src/free-ports.ts';
import { type HeldObjects, startHeldObjects } from '../../../../test/testkit/src/held-objects.ts';
import { findProgram } from '../../../../test/testkit/src/programs.ts';
import { repositoryRoot } from '../../../../test/testkit/src/repository.ts';
import { startRoomHttp } from '../../../../test/testkit/src/room-http.ts';
import { sample } from '../../../../test/testkit/src/samples.ts';
import { waitUntil } from '../../../../test/testkit/src/wait-until.ts';
import { createRegister, type ReceivedObject } from '../exams/index.ts';
import type { App } from '../platform/app.ts';
import { silentLog } from '../platform/log.ts';
import { clearHolds } from '../release/clear-holds.ts';
import { sentFacts, whyNotSent } from './analyser-request.ts';
import { analyserRoutes } from './analysers.routes.ts';
import { analysisRoutes } from './analysis.routes.ts';
import { analysisVersion } from './analysis-version.ts';
import { createDecodePool, type DecodePool } from './decode-pool.ts';
import { createMeasurePool, type MeasurePool } from './measure-pool.ts';
import { measureTasks } from './measure-tasks.ts';
import { runAnalysers } from './run-analysers.ts';
import { queueExam } from './tasks.repository.ts';

const chest = 'dx/cr-chest-pa-philips-j2k.dcm';
const small = 'charset/zh-utf8-dx.dcm';
const screen = 'rdsr/CT-SC-Philips_Brilliance16P.dcm';
const names = [chest, small] as const;

let test: TestDatabase;
let held: HeldObjects;
let app: App;
let measuring: MeasurePool;
let decoding: DecodePool;
let program: Server;
let address: string;
let asked: { body: string; authorization: string | undefined }[] = [];
/** What the program of this test does with a question. */
let answer: (question: Question, response: ServerResponse) => void;
interface Question {
  requestId: string;
  frame: { columns: number; rows: number; samples: string };
}
const exams = new Map<string, string>();
const uids = new Map<string, string>();
const clock = fixedClock(new Date('2026-11-24T08:00:00Z'));
const liveEvents = { publishWith: async () => undefined };
const never = new AbortController().signal;

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
};

beforeAll(async () => {
  program = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      asked.push({ body, authorization: request.headers.authorization });
      answer(JSON.parse(body) as Question, response);
    });
  });
  program.listen(0, '127.0.0.1');
  await once(program, 'listening');
  address = `http://127.0.0.1:${(program.address() as AddressInfo).port}/measure`;
  test = await startTestDatabase();
  held = await startHeldObjects(clock);
  const received: ReceivedObject[] = [];
  for (const name of names) {
    const bytes = new Uint8Array(await readFile(sample(name)));
    uids.set(name, readHeaderFacts(bytes).sopInstanceUid);
    received.push(await held.hold(bytes));
  }
  const { registerBatch } = createRegister({ database: test.database, clock, store: held.store, liveEvents });
  await registerBatch(received);
  for (const name of names) {
    const [row] = await test.asOwner<{ exam_id: string }>(`select exam_id from instance where sop_instance_uid = $1`, [
      uids.get(name),
    ]);
    exams.set(name, row!.exam_id);
  }
  measuring = createMeasurePool();
  decoding = createDecodePool();
  app = await startRoomHttp(test, (frame) => {
    analyserRoutes(frame, test.database, clock);
    analysisRoutes(frame, test.database, clock);
  });
}, 60_000);
afterAll(async () => {
  await app.close();
  await measuring.close();
  await decoding.close();
  await held.close();
  await test.stop();
  program.closeAllConnections();
  program.close();
});
beforeEach(async () => {
  asked = [];
  await test.asOwner(`truncate analyser, analyser_task, analysis_run, analysis_task, gate cascade`);
});

const form = (over: Partial<AnalyserBody> = {}): Partial<AnalyserBody> => ({
  code: 'lungs',
  name: 'Lung model',
  address,
  token: 'open sesame',
  timeoutSeconds: 1,
  isEnabled: true,
  ...over,
});
const add = async (over: Partial<AnalyserBody> = {}): Promise<string> => {
  const added = await app.inject({ method: 'POST', url: '/api/v1/analysers', payload: form(over) });
  expect(added.statusCode).toBe(201);
  return added.json<{ analyserId: string }>().analyserId;
};
const list = async () => analyserListSchema.parse((await app.inject('/api/v1/analysers')).json()).items;
const measure = async (name: string): Promise<void> => {
  await test.database.withHospital(test.hospitalId, (unit) =>
    queueExam(unit, exams.get(name)!, analysisVersion, clock.now()),
  );
  const parts = { database: test.database, clock, store: held.store, pool: measuring, log: silentLog, liveEvents };
  await measureTasks(parts, never);
};
const run = (): Promise<number> =>
  runAnalysers({ database: test.database, clock, store: held.store, decoding, log: silentLog, liveEvents }, never);
const analysisOf = async (name: string): Promise<FilmAnalysis> =>
  filmAnalysisSchema.parse((await app.inject(`/api/v1/exams/${exams.get(name)}/analysis`)).json());
const runOf = async (name: string) =>
  (await analysisOf(name)).subjects.find(({ analyserName }) => analyserName !== null);

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
const say =
  (over: object = {}) =>
  (question: Question, response: ServerResponse): void => {
    response.end(JSON.stringify(goodAnswer(question, over)));
  };

describe('an analyser', () => {
  it('is off until somebody turns it on, and its token is never given back', async () => {
    const { isEnabled: _off, ...quiet } = form();
    expect((await app.inject({ method: 'POST', url: '/api/v1/analysers', payload: quiet })).statusCode).toBe(201);
    await measure(chest);
    expect(await run()).toBe(0);
    const shown = await app.inject('/api/v1/analysers');
    expect(shown.body).not.toContain('sesame');
    expect(await list()).toMatchObject([{ isEnabled: false, hasToken: true, waiting: 0 }]);
    const trail = await test.asOwner(`select facts::text from audit_entry where action = 'analysis.analyser-saved'`);
    expect(JSON.stringify(trail)).not.toContain('sesame');
  });

  it.each([
    ['ftp://10.0.0.7/x', 400],
    ['http://user:secret@10.0.0.7/x', 400],
    ['javascript:alert(1)', 400],
    ['https://10.0.0.7:8443/measure?model=a', 201],
  ])('at %s is answered with %i', async (place, status) => {
    const added = await app.inject({ method: 'POST', url: '/api/v1/analysers', payload: form({ address: place }) });
    expect(added.statusCode).toBe(status);
  });

  it('keeps its token when none is given, and a stale change is refused', async () => {
    const analyserId = await add();
    const { token: _token, ...rest } = form({ name: 'Second name' });
    const change = (version: number) =>
      app.inject({ method: 'PUT', url: `/api/v1/analysers/${analyserId}`, payload: { ...rest, version } });
    expect((await change(1)).statusCode).toBe(204);
    expect((await change(1)).statusCode).toBe(409);
    expect(await test.asOwner(`select name, token from analyser`)).toEqual([
      { name: 'Second name', token: 'open sesame' },
    ]);
    const twin = await app.inject({ method: 'POST', url: '/api/v1/analysers', payload: form() });
    expect(twin.json()).toMatchObject({ code: 'ANALYSIS_CODE_TAKEN' });
  });

  it('of another hospital is not there, and without the permission there is none', async () => {
    const analyserId = await add();
    const other = { 'x-caller': 'second' };
    const trial = await app.inject({
      method: 'POST',
      url: `/api/v1/analysers/${analyserId}/trial`,
      headers: other,
    });
    expect(trial.statusCode).toBe(404);
    expect((await app.inject({ url: '/api/v1/analysers', headers: other })).json()).toEqual({ items: [] });
    const reader = { 'x-caller': 'first:analysis.read' };
    expect((await app.inject({ url: '/api/v1/analysers', headers: reader })).statusCode).toBe(403);
  });
});

describe('what is sent', () => {
  it('is the picture and the facts that are needed, and nothing that names anybody', async () => {
    answer = say();
    await add();
    await measure(small);
    expect(await run()).toBe(1);
    const [question] = asked;
    const sent = analyserRequestSchema.strict().parse(JSON.parse(question!.body));
    expect(question!.authorization).toBe('Bearer open sesame');
    expect(sent.facts).toMatchObject({ modality: 'DX', sex: 'F', picture: { number: 1, of: 1 } });
    // The manifest: 169×211, eight bits.
    expect(sent.frame).toMatchObject({ rows: 169, columns: 211, sampleType: 'uint8', isInverted: true });
    expect(Buffer.from(sent.frame.samples, 'base64')).toHaveLength(169 * 211);
    const facts = readHeaderFacts(new Uint8Array(await readFile(sample(small))));
    const names_ = ['张', facts.patientId, facts.accessionNumber, facts.studyInstanceUid, facts.sopInstanceUid];
    const outside = question!.body.replace(sent.frame.samples, '');
    for (const name of [...names_, facts.studyDate, facts.institutionName])
      if (name) expect(outside).not.toContain(name);
  });

  it('is never a picture above the size limit: it is marked and not counted as a failure', async () => {
    answer = say();
    await add({ largestMegabytes: 1 });
    await measure(chest);
    expect(await run()).toBe(1);
    expect(asked).toEqual([]);
    const subject = await runOf(chest);
    expect(subject).toMatchObject({ failureReason: null, measurements: [] });
    expect(subject?.notMeasured).toEqual([{ metric: 'lungs:picture', where: null, reason: 'picture-too-large' }]);
    expect(await list()).toMatchObject([{ lastFailure: null, failed: 0 }]);
  });

  it('is never a picture with text in it, nor one that may have some', async () => {
    const film = readHeaderFacts(new Uint8Array(await readFile(sample(small))));
    const doseScreen = readHeaderFacts(new Uint8Array(await readFile(sample(screen))));
    const text = 'text-in-the-picture';
    expect(whyNotSent(film)).toBeNull();
    expect(whyNotSent({ ...film, burnedInAnnotation: 'YES' })).toBe(text);
    expect(whyNotSent({ ...film, conversionType: 'SD' })).toBe(text);
    expect(whyNotSent({ ...film, sopClassUid: '1.2.840.10008.5.1.4.1.1.7.4' })).toBe(text);
    expect(whyNotSent({ ...doseScreen, hasPixelData: true })).toBe(text);
    expect(whyNotSent(doseScreen)).toBe('no-pixel-data');
    expect(whyNotSent({ ...film, kind: 'structured-report' })).toBe('no-pixel-data');
  });

  it('of the header is a code or nothing, and the age of the very old is not told', () => {
    const facts = { bodyPartExamined: '张三 chest', patientAge: '097Y', patientSex: 'M' } as HeaderFacts;
    expect(sentFacts(facts, 'CH01', { number: 1, of: 1 })).toMatchObject({ bodyPart: null, ageYears: 90, sex: 'M' });
    expect(sentFacts({ ...facts, patientAge: '089Y' }, null, { number: 1, of: 1 }).ageYears).toBe(89);
  });

  it('is only of the modalities and positions that were asked for', async () => {
    answer = say();
    await add({ modalities: ['MG'] });
    await add({ code: 'hands', positionCodes: ['UL01'] });
    await measure(chest);
    expect(await run()).toBe(0);
  });

  it('on trial is a made picture, and nothing is kept', async () => {
    answer = say();
    const analyserId = await add();
    const tried = await app.inject({ method: 'POST', url: `/api/v1/analysers/${analyserId}/trial` });
    expect(analyserTrialSchema.parse(tried.json())).toMatchObject({
      isGood: true,
      program: 'lungnet 2.4.1',
      measurements: 1,
    });
    expect(await test.asOwner(`select 1 from analysis_run`)).toEqual([]);
  });
});

describe('an answer', () => {
  it('is stored with unit, method, version, program and checksum under the name of its analyser', async () => {
    answer = say();
    await add();
    await measure(chest);
    await run();
    const { subjects } = await analysisOf(chest);
    const own = subjects.find(({ analyserName }) => analyserName === null);
    const subject = subjects.find(({ analyserName }) => analyserName === 'Lung model');
    // Our own figures stay beside it.
    expect(own?.measurements.length).toBeGreaterThan(10);
    expect(subject).toMatchObject({ softwareVersion: 'lungnet 2.4.1', failureReason: null });
    expect(subject?.inputSha256).toBe(own?.inputSha256);
    expect(subject?.measurements).toMatchObject([
      { metric: 'lungs:lung-share', value: 0.41, unit: '1', method: 'unet', version: 3 },
    ]);
    expect(subject?.notMeasured).toEqual([{ metric: 'lungs:rib-count', where: null, reason: 'not-frontal' }]);
    expect(subject?.findings).toMatchObject([{ rule: 'lungs:lung-cut', severity: 'notice', deduction: null }]);
  });

  const hostile: [string, (question: Question, response: ServerResponse) => void, string, boolean][] = [
    ['that is not JSON', (_, response) => response.end('<html>'), 'answer-not-json', false],
    ['that is empty', (_, response) => response.end('{}'), 'answer-not-by-the-contract', false],
    [
      'that tells nothing',
      say({ measurements: [], notMeasured: [], findings: [] }),
      'answer-not-by-the-contract',
      false,
    ],
    [
      'with a figure that is no number',
      say({ measurements: [{ metric: 'x', value: 'high', unit: '1', method: 'm', version: 1 }] }),
      'answer-not-by-the-contract',
      false,
    ],
    [
      'that grades',
      say({ findings: [{ rule: 'r', version: 1, severity: 'reject', message: { zh: '废片', en: 'reject' } }] }),
      'answer-not-by-the-contract',
      false,
    ],
    [
      'to another question',
      say({ requestId: '00000000-0000-4000-8000-000000000000' }),
      'answer-to-another-question',
      false,
    ],
    [
      'with a place outside the picture',
      (question, response) =>
        say({
          findings: [],
          measurements: [
            {
              metric: 'x',
              value: 1,
              unit: '1',
              method: 'm',
              version: 1,
              place: { column: question.frame.columns, row: 0, width: 1, height: 1 },
            },
          ],
        })(question, response),
      'place-outside-the-picture',
      false,
    ],
    ['without end', (_, response) => void flood(response), 'answer-too-long', false],
    [
      'by sending elsewhere',
      (_, response) => response.writeHead(307, { location: address }).end(),
      'redirected',
      false,
    ],
    ['of a wrong token', (_, response) => response.writeHead(401).end(), 'token-refused', false],
    ['that never comes', () => undefined, 'too-slow', true],
    ['that trickles', (_, response) => response.write('{'), 'too-slow', true],
    ['of a program that broke down', (_, response) => response.writeHead(500).end(), 'server-error', true],
    ['that hangs up', (_, response) => response.destroy(), 'unreachable', true],
  ];
  const flood = (response: ServerResponse): Promise<void> =>
    pipeline(function* () {
      for (;;) yield ' '.repeat(65_536);
    }, response).catch(() => undefined);

  it.each(hostile)('%s marks the film with its reason and holds up nothing', async (_, act, reason, isPassing) => {
    answer = act;
    await add();
    await measure(small);
    expect((await analysisOf(small)).state).toBe('measured');
    // What may come another time is asked three times in all.
    await test.asOwner(`update analyser_task set attempts = $1`, [isPassing ? 2 : 0]);
    await run();
    const subject = await runOf(small);
    expect(subject).toMatchObject({ failureReason: reason, measurements: [], findings: [] });
    expect(subject?.notMeasured).toEqual([{ metric: 'lungs:picture', where: null, reason }]);
    expect(await list()).toMatchObject([{ waiting: 0, failed: 1, lastFailure: reason }]);
  });

  it('of a program that is away is waited for: after three failures it is left alone for five minutes', async () => {
    answer = say();
    await add({ address: 'http://127.0.0.1:9/measure' });
    await measure(small);
    for (let round = 0; round < 2; round += 1) expect(await run()).toBe(1);
    // It may come another time: nothing is marked yet.
    expect(await runOf(small)).toBeUndefined();
    expect(await list()).toMatchObject([{ waiting: 1, lastFailure: 'unreachable' }]);
    await test.asOwner(`update analyser_task set attempts = 0`);
    expect(await run()).toBe(1);
    expect(await list()).toMatchObject([{ lastFailure: 'unreachable', restingUntil: '2026-11-24T08:05:00.000Z' }]);
    expect(await run()).toBe(0);
    clock.advanceMs(5 * 60_000);
    await test.asOwner(`update analyser set address = $1`, [address]);
    expect(await run()).toBe(1);
    expect((await runOf(small))?.measurements).toHaveLength(1);
    expect(await list()).toMatchObject([{ restingUntil: null, failed: 0, answered: 1 }]);
    clock.advanceMs(-5 * 60_000);
  });
});

describe('the gate', () => {
  const hold = async (): Promise<void> => {
    await test.asOwner(
      `insert into gate (hospital_id, exam_id, state, hold_mode, hold_until)
       values ($1, $2, 'held', 'until-clear', $3)`,
      [test.hospitalId, exams.get(small), new Date(clock.now().getTime() + 900_000)],
    );
  };
  const gate = async (): Promise<string> => {
    await clearHolds(test.database, clock, liveEvents as never);
    const [row] = await test.asOwner<{ state: string }>(`select state from gate`);
    return row!.state;
  };

  it('does not wait for an analyser that is away', async () => {
    await add({ address: 'http://127.0.0.1:9/measure' });
    await measure(small);
    await test.asOwner(`delete from finding`);
    await hold();
    await run();
    expect(await gate()).toBe('released');
  });

  it('still sees our own hint when an analyser has answered after it', async () => {
    answer = say({ findings: [] });
    await add();
    await measure(small);
    await test.asOwner(`update finding set severity = 'notice'`);
    clock.advanceMs(1_000);
    await run();
    expect(await runOf(small)).toMatchObject({ findings: [] });
    await hold();
    expect(await gate()).toBe('held');
  });
});

it('the example of the documentation answers by the contract', async () => {
  const [port = 0] = await freePorts(1);
  const script = path.join(repositoryRoot, 'docs/integrate/example-analyser.py');
  const example = spawn(findProgram('python3', 'python3'), [script, '--port', String(port), '--token', 'open sesame']);
  try {
    await add({ address: `http://127.0.0.1:${port}/`, timeoutSeconds: 20 });
    await measure(small);
    await waitUntil('the example to answer', async () => {
      await run();
      await test.asOwner(`update analyser set resting_until = null`);
      await test.asOwner(`update analyser_task set attempts = 0`);
      return (await list())[0]?.answered === 1;
    });
    const subject = await runOf(small);
    expect(subject?.softwareVersion).toBe('example-analyser 1.0.0');
    // 211 × 169 pixels; the share of the highest of them is between one and all.
    expect(subject?.measurements).toMatchObject([{ metric: 'lungs:top-share', unit: '1', method: 'count' }]);
    expect(subject?.measurements[0]?.value).toBeGreaterThanOrEqual(1 / (211 * 169));
    expect(subject?.measurements[0]?.value).toBeLessThanOrEqual(1);
  } finally {
    example.kill();
  }
});
