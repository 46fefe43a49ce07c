import { fullSize, simulateExam } from '@jiapian/simulator';
import { setUpHospital, signIn, startServer, waitUntil, type SignedIn, type Server } from '@jiapian/testkit';
import type pg from 'pg';
import { sendExam } from '../apps/server/src/cli/send-exam.ts';
import type { Bench } from './bench.ts';
import { startOwnDatabase } from './own-database.ts';
import { median } from './statistics.ts';

const films = 16;
const backlog = 10_000;
const drainMs = 60_000;
const rounds = 2;
/** A reader looks at a film at least so long. */
const lookMs = 300;
/** As the viewer promises for the next film (`viewer.bench.ts`). */
const limitMs = 150;
const mostRatio = 1.1;
const minutesPerHour = 60;
const waitLimitMs = 240_000;

export const bench: Bench = {
  title: `A backlog of ${backlog} films of 7.5 megapixels drains while a reader works`,
  run: async (progress) => {
    const database = await startOwnDatabase();
    let server: Server | undefined;
    try {
      server = await startServer({ variables: { JIAPIAN_DATABASE_URL: database.url } });
      const api = await signIn(server);
      await fill(server, api, database.owner);
      progress(`${films} films sent and measured`);
      const reader = await readerOf(api);
      const idle: number[] = [];
      for (let film = 0; film < films * rounds; film += 1) idle.push(await reader.next());
      progress(`next film with nothing to measure: ${median(idle).toFixed(0)} ms`);
      await queueBacklog(database.owner);
      const busy: number[] = [];
      const before = await doneTasks(database.owner);
      const started = performance.now();
      while (performance.now() - started < drainMs) busy.push(await reader.next());
      const seconds = (performance.now() - started) / 1000;
      const measured = (await doneTasks(database.owner)) - before;
      progress(`${measured} films measured in ${seconds.toFixed(0)} s`);
      return report(idle, busy, (measured / seconds) * 60);
    } finally {
      await server?.stop();
      await database.stop();
    }
  },
};

const fill = async (server: Server, api: SignedIn, owner: pg.Client): Promise<void> => {
  await setUpHospital(api);
  const peer = { host: '127.0.0.1', port: server.dicomPort, calledAeTitle: server.aeTitle, callingAeTitle: 'DR1' };
  for (let at = 0; at < films; at += 1)
    await sendExam(simulateExam(`backlog ${at}`, { procedure: 'chest-pa', defectRate: 0, size: fullSize }), peer);
  await waitUntil('the films to be measured', async () => (await doneTasks(owner)) >= films, waitLimitMs);
};

const doneTasks = async (owner: pg.Client): Promise<number> => {
  const { rows } = await owner.query<{ done: number }>(
    `select count(*)::int as done from analysis_task where state = 'done'`,
  );
  return rows[0]?.done ?? 0;
};

/** Each film again and again under other numbers: the bytes of a film are read and measured anew each time. */
const queueBacklog = async (owner: pg.Client): Promise<void> => {
  const { rows } = await owner.query<{ version: number }>(`select max(analysis_version) as version from analysis_task`);
  await owner.query(
    `insert into instance
     select hospital_id, sop_instance_uid || '.' || copy, series_instance_uid, exam_id, object_id, sop_class_uid,
       instance_number, is_image, facts, received_at
     from (select * from instance where is_image limit $1) film, generate_series(1, $2) copy`,
    [films, backlog / films],
  );
  await owner.query(
    `insert into analysis_task (hospital_id, exam_id, subject_uid, subject_kind, analysis_version, priority)
     select hospital_id, exam_id, sop_instance_uid, 'instance', $1, 2 from instance
     on conflict do nothing`,
    [rows[0]?.version],
  );
};

/** What the page asks the server for when it shows the next film: its sheet, the films behind it, its picture. */
const readerOf = async (api: SignedIn): Promise<{ next(): Promise<number> }> => {
  const { items } = await api.get<{ items: { filmId: string; sopInstanceUid: string }[] }>(
    '/api/v1/films?limit=200&list=all',
  );
  let at = 0;
  return {
    next: async () => {
      const { filmId, sopInstanceUid } = items[at % items.length]!;
      at += 1;
      const started = performance.now();
      await Promise.all([
        api.get(`/api/v1/films/${filmId}`),
        api.get(`/api/v1/films/${filmId}/next`),
        api.fetch(`/api/v1/instances/${sopInstanceUid}/frames/0?reduce=4`).then((response) => response.arrayBuffer()),
      ]);
      const took = performance.now() - started;
      await new Promise((resolve) => setTimeout(resolve, lookMs));
      return took;
    },
  };
};

const report = (idle: number[], busy: number[], perMinute: number) => {
  const hours = backlog / perMinute / minutesPerHour;
  const slow = (times: readonly number[]): number =>
    times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? 0;
  const row = (name: string, times: readonly number[]): string[] => [
    name,
    median(times).toFixed(0),
    slow(times).toFixed(0),
    String(times.length),
  ];
  return {
    tables: [
      {
        title: 'The next film from the server: sheet, queue and quarter picture, ms',
        columns: ['', 'median', '95 %', 'films'],
        rows: [row('nothing to measure', idle), row(`${backlog} films wait`, busy)],
      },
      {
        title: `Draining, measured over ${drainMs / 1000} s with all ${backlog} in the queue; the hours are extrapolated`,
        columns: ['films per minute', `hours for ${backlog}`],
        rows: [[perMinute.toFixed(0), hours.toFixed(1)]],
      },
    ],
    targets: [
      {
        claim: `the next film from the server within ${limitMs} ms while the backlog drains (median)`,
        measured: `${median(busy).toFixed(0)} ms`,
        isMet: median(busy) <= limitMs,
      },
      {
        claim: `the next film while the backlog drains ≤ ${mostRatio} × without (medians)`,
        measured: (median(busy) / median(idle)).toFixed(2),
        isMet: median(busy) <= mostRatio * median(idle),
      },
    ],
    measurements: { idle, busy, perMinute },
  };
};
