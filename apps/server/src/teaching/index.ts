import { createWorkerPool, type Frames } from '../analysis/index.ts';
import type { ObjectStore } from '../archive/index.ts';
import type { Platform, Room } from '../platform/platform.ts';
import { caseRoutes } from './cases.routes.ts';
import type { DeidentifyResult, DeidentifyTask } from './deidentify-job.ts';
import { prepareCases } from './prepare-cases.ts';
import { collectionRoutes, quizRoutes } from './quiz.routes.ts';
import { sweepFiles } from './sweep-files.ts';
import { TeachingStore } from './teaching-store.ts';

export { TeachingStore } from './teaching-store.ts';

const prepareEveryMs = 1_000;
const sweepEveryMs = 3_600_000;
const poolLimits = { workers: 1, timeoutMs: 120_000, queueLimit: 50 };

type Parts = Pick<Platform, 'database' | 'clock' | 'folder' | 'liveEvents'>;

/** The teaching file (教学片库): films without their patients, collections, and the quiz over them. */
export const createTeachingRoom = (
  { database, clock, folder, liveEvents }: Parts,
  archive: Pick<ObjectStore, 'path'>,
  framesOf: (other: Pick<ObjectStore, 'path'>) => Frames,
): Room => {
  const store = new TeachingStore(folder.teaching);
  const pool = createWorkerPool<DeidentifyTask, DeidentifyResult>({
    ...poolLimits,
    program: new URL('./deidentify-worker.ts', import.meta.url),
    words: { tooLong: 'the file took too long', brokeDown: 'the file could not be made', queue: 'teaching files' },
  });
  return {
    routes: (app) => {
      const parts = { database, clock, liveEvents, store, frames: framesOf(store) };
      caseRoutes(app, parts);
      collectionRoutes(app, parts);
      quizRoutes(app, parts);
    },
    ticks: [
      {
        name: 'teaching.prepare',
        everyMs: prepareEveryMs,
        run: (signal) => prepareCases({ database, clock, liveEvents, archive, store, pool }, signal),
      },
      {
        name: 'teaching.sweep',
        everyMs: sweepEveryMs,
        run: () => sweepFiles(database, store, clock.now()),
      },
    ],
    stop: () => pool.close(),
  };
};
