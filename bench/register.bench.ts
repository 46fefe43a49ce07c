import { randomBytes } from 'node:crypto';
import { elementsOf, encodeDataSet, joinChunks } from '@jiapian/dicom';
import { newObjectId } from '../apps/server/src/archive/object-id.ts';
import { analyzeGrownTables } from '../apps/server/src/exams/analyze-grown-tables.repository.ts';
import { examRoutes } from '../apps/server/src/exams/exams.routes.ts';
import { createRegister, type ReceivedObject } from '../apps/server/src/exams/index.ts';
import type { App } from '../apps/server/src/platform/app.ts';
import { filmRoutes } from '../apps/server/src/review/films.routes.ts';
import { startTestDatabase, startTestPostgres, type TestDatabase } from '../test/testkit/src/database.ts';
import { startRoomHttp } from '../test/testkit/src/room-http.ts';
import type { Bench, BenchResult } from './bench.ts';
import { addDevices, addExams, examMoment } from './synthetic-register.ts';

const sizes = [100_000, 1_000_000];
const requestsEach = 60;
const targetMs = 100;
const batchObjects = 200;
const insertBatches = 10;

interface Figure {
  size: number;
  what: string;
  p50Ms: number;
  p95Ms: number;
}

export const bench: Bench = {
  title: 'The register at 100,000 and at 1,000,000 exams: HTTP request to answer at the server, audit entry included',
  run: async (progress) => {
    const postgres = await startTestPostgres();
    process.env['JIAPIAN_TEST_POSTGRES'] = postgres.url;
    const test = await startTestDatabase();
    const clock = { now: () => new Date() };
    const liveEvents = { publishWith: async () => undefined };
    const app = await startRoomHttp(test, (frame) => {
      examRoutes(frame, { database: test.database, clock, liveEvents });
      filmRoutes(frame, test.database, clock);
    });
    try {
      const devices = await addDevices(test);
      const figures: Figure[] = [];
      const rates: { size: number; ct: number; dx: number }[] = [];
      let filled = 0;
      for (const size of sizes) {
        await addExams(test, filled, size);
        filled = size;
        progress(`${size} exams are there`);
        for (const [what, urlOf] of requests(size, devices))
          figures.push(await measure(app, size, what, urlOf, progress));
        rates.push({ size, ...(await insertRates(test, size, progress)) });
      }
      return summarise(figures, rates);
    } finally {
      await app.close();
      await test.stop();
      await postgres.stop();
    }
  },
};

const requests = (size: number, devices: readonly string[]): [string, (round: number) => string][] => {
  const day = (index: number): string =>
    new Date(examMoment(index).getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
  const lastDay = day(size - 600);
  const examOf = (round: number): string =>
    `01900000-0000-7000-8000-${((round * 7919) % size).toString(16).padStart(12, '0')}`;
  const text = (words: string): string => encodeURIComponent(words);
  return [
    ["the day's worklist", () => `/films?day=${lastDay}`],
    ["the day's exams", () => `/exams?from=${lastDay}&to=${lastDay}`],
    ['the newest exams, no filter', () => '/exams'],
    ['two devices and a modality', () => `/exams?deviceId=${devices[0]},${devices[1]}&modality=DX`],
    ['a modality that is not there', () => '/exams?modality=XA'],
    ['search: a common word (胸部)', () => `/exams?text=${text('胸部')}`],
    ['search: a surname (王)', () => `/exams?text=${text('王')}`],
    ['search: a name and a device', () => `/exams?text=${text('张磊')}&deviceId=${devices[3]}`],
    ['search: an accession number', (round) => `/exams?text=A${String((round * 1013) % size).padStart(9, '0')}`],
    ['search: nothing like it', () => '/exams?text=xyzzy'],
    ['an exam page', (round) => `/exams/${examOf(round)}`],
  ];
};

const measure = async (
  app: App,
  size: number,
  what: string,
  urlOf: (round: number) => string,
  progress: (line: string) => void,
): Promise<Figure> => {
  const times: number[] = [];
  for (let round = 0; round < requestsEach; round += 1) {
    const start = performance.now();
    const answer = await app.inject({ url: `/api/v1${urlOf(round)}` });
    times.push(performance.now() - start);
    if (answer.statusCode !== 200) throw new Error(`${what}: ${answer.statusCode} ${answer.body.slice(0, 300)}`);
  }
  times.sort((one, other) => one - other);
  const at = (share: number): number =>
    times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN;
  const figure = { size, what, p50Ms: at(0.5), p95Ms: at(0.95) };
  progress(`${what}: p50 ${figure.p50Ms.toFixed(1)} ms, p95 ${figure.p95Ms.toFixed(1)} ms`);
  return figure;
};

/** Objects a second through the register itself: header reading, patient, exam, series, instance, one commit a batch. */
const insertRates = async (test: TestDatabase, size: number, progress: (line: string) => void) => {
  const { registerBatch } = createRegister({
    database: test.database,
    clock: { now: () => new Date() },
    store: { read: async () => new Uint8Array() },
    liveEvents: { publishWith: async () => undefined },
  });
  const rate = async (kind: 'CT' | 'DX', objectsPerExam: number): Promise<number> => {
    let busyMs = 0;
    for (let batch = 0; batch < insertBatches; batch += 1) {
      const received = Array.from({ length: batchObjects }, (_, index) => {
        const number = batch * batchObjects + index;
        return receivedOf(kind, `2.25.${size}${kind === 'CT' ? 1 : 2}`, Math.floor(number / objectsPerExam), number);
      });
      const start = performance.now();
      await registerBatch(received);
      busyMs += performance.now() - start;
      await analyzeGrownTables(test.database);
    }
    return (insertBatches * batchObjects * 1000) / busyMs;
  };
  const ct = await rate('CT', 400);
  const dx = await rate('DX', 1);
  progress(`insert: ${ct.toFixed(0)} CT/s, ${dx.toFixed(0)} DX exams/s`);
  return { ct, dx };
};

const receivedOf = (modality: 'CT' | 'DX', root: string, exam: number, number: number): ReceivedObject => {
  const at = new Date();
  const head = joinChunks(
    encodeDataSet(
      elementsOf({
        SpecificCharacterSet: 'ISO_IR 192',
        SOPClassUID: '1.2.840.10008.5.1.4.1.1.2',
        SOPInstanceUID: `${root}.${exam}.1.${number}`,
        StudyInstanceUID: `${root}.${exam}`,
        SeriesInstanceUID: `${root}.${exam}.1`,
        StudyDate: '20261124',
        StudyTime: '093000',
        Modality: modality,
        PatientName: 'Wang^Xiaodong=王^小东',
        PatientID: `B${exam}`,
        AccessionNumber: `B${exam}`,
        StudyDescription: '胸部平扫',
        InstanceNumber: number,
        Rows: 512,
        Columns: 512,
      }),
    ),
  );
  return {
    objectId: newObjectId(at),
    receivedAt: at,
    sha256: randomBytes(32).toString('hex'),
    sizeBytes: head.length,
    datasetOffset: 0,
    head,
    transferSyntaxUid: '1.2.840.10008.1.2.1',
    door: 'dimse',
    callingAeTitle: `AE1`,
    calledAeTitle: 'JIAPIAN',
    remoteAddress: '',
    fileName: '',
  };
};

const summarise = (
  figures: readonly Figure[],
  rates: readonly { size: number; ct: number; dx: number }[],
): BenchResult => {
  const at = (what: string, size: number): Figure | undefined =>
    figures.find((figure) => figure.what === what && figure.size === size);
  const whats = [...new Set(figures.map(({ what }) => what))];
  const columns = ['request', ...sizes.flatMap((size) => [`p50 ms at ${size}`, `p95 ms at ${size}`])];
  const cells = (what: string): string[] =>
    sizes.flatMap((size) => {
      const figure = at(what, size);
      return [figure?.p50Ms.toFixed(1) ?? '–', figure?.p95Ms.toFixed(1) ?? '–'];
    });
  const slowest = figures.reduce((one, other) => (other.p95Ms > one.p95Ms ? other : one));
  return {
    tables: [
      { title: 'Requests', columns, rows: whats.map((what) => [what, ...cells(what)]) },
      {
        title: 'Insert rate of the register, batches of 200, one process',
        columns: ['exams already there', 'CT images/s', 'radiographs/s, each its own exam'],
        rows: rates.map(({ size, ct, dx }) => [String(size), ct.toFixed(0), dx.toFixed(0)]),
      },
    ],
    targets: [
      {
        claim: `every request within ${targetMs} ms (p95) at both sizes`,
        measured: `slowest: ${slowest.what} at ${slowest.size}, ${slowest.p95Ms.toFixed(1)} ms`,
        isMet: slowest.p95Ms < targetMs,
      },
    ],
    measurements: { figures, rates },
  };
};
