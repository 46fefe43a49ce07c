import path from 'node:path';
import { storescu, temporaryFolder, startServer, type Server } from '@jiapian/testkit';
import type pg from 'pg';
import type { Bench } from './bench.ts';
import { startOwnDatabase } from './own-database.ts';
import { median } from './statistics.ts';
import { writeRadiographs } from './synthetic-objects.ts';

const primed = 32;
const perRound = 8;
const associations = 4;
const rounds = 6;
const leastRatio = 0.9;
const settleLimitMs = 240_000;
const askEveryMs = 500;

export const bench: Bench = {
  title: 'Intake while films are measured, and while nothing is: the same server, rounds by turns',
  run: async (progress) => {
    const folder = temporaryFolder('bench-intake');
    const database = await startOwnDatabase();
    const { owner } = database;
    let server: Server | undefined;
    try {
      const files = writeRadiographs(path.join(folder.path, 'dx'), primed + 2 * rounds * perRound);
      server = await startServer({ variables: { JIAPIAN_DATABASE_URL: database.url } });
      await send(server, files.slice(0, primed));
      await untilQueued(owner);
      progress(`${primed} films wait to be measured`);
      const rates = { idle: [] as number[], measuring: [] as number[] };
      for (let round = 0; round < 2 * rounds; round += 1) {
        const kind = round % 2 === 0 ? 'idle' : 'measuring';
        await (kind === 'idle' ? holdBack(owner) : letGo(owner));
        const batch = files.slice(primed + round * perRound, primed + (round + 1) * perRound);
        const started = performance.now();
        await send(server, batch);
        const rate = perRound / ((performance.now() - started) / 1000);
        if (kind === 'measuring' && (await waitingTasks(owner)) === 0) throw new Error('nothing was left to measure');
        rates[kind].push(rate);
        progress(`${kind}: ${rate.toFixed(1)}/s`);
      }
      return report(rates);
    } finally {
      await server?.stop();
      await database.stop();
      folder.remove();
    }
  },
};

const send = async (server: Server, files: readonly string[]): Promise<void> => {
  const share = Math.ceil(files.length / associations);
  const parts = Array.from({ length: associations }, (_, at) => files.slice(at * share, (at + 1) * share));
  const peer = { port: server.dicomPort, calledAet: server.aeTitle };
  for (const { exitCode, output } of await Promise.all(parts.map((part) => storescu(peer, part))))
    if (exitCode !== 0) throw new Error(`storescu: ${output}`);
};

const untilQueued = async (owner: pg.Client): Promise<void> => {
  const until = performance.now() + settleLimitMs;
  // What is queued is held back at once, so that all of it is left for the rounds.
  while (performance.now() < until) {
    await holdBack(owner);
    const { rows } = await owner.query<{ count: number }>('select count(*)::int as count from analysis_task');
    if ((rows[0]?.count ?? 0) >= primed) return;
    await new Promise((resolve) => setTimeout(resolve, askEveryMs));
  }
  throw new Error('the films were not queued');
};

/** No task may be taken: as if there were no measuring. */
const holdBack = (owner: pg.Client) =>
  owner.query(`update analysis_task set state = 'waiting', leased_until = 'infinity'`);
/** Everything is to be measured, what was measured before once more. */
const letGo = (owner: pg.Client) => owner.query(`update analysis_task set state = 'waiting', leased_until = null`);
const waitingTasks = async (owner: pg.Client): Promise<number> => {
  const { rows } = await owner.query<{ count: number }>(
    `select count(*)::int as count from analysis_task where state = 'waiting'`,
  );
  return rows[0]?.count ?? 0;
};

const report = (rates: { idle: number[]; measuring: number[] }) => {
  const [without, withAnalysis] = [median(rates.idle), median(rates.measuring)];
  const ratio = withAnalysis / without;
  return {
    tables: [
      {
        title: `DX 15 MB, ${associations} associations, ${perRound} films a round, medians of ${rounds} rounds`,
        columns: ['without measuring, /s', 'while measuring, /s', 'ratio'],
        rows: [[without.toFixed(1), withAnalysis.toFixed(1), ratio.toFixed(2)]],
      },
    ],
    targets: [
      {
        claim: `intake with analysis on ≥ ${leastRatio} × without`,
        measured: ratio.toFixed(2),
        isMet: ratio >= leastRatio,
      },
    ],
    measurements: rates,
  };
};
