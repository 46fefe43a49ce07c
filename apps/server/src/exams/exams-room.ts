import type { ObjectStore } from '../archive/index.ts';
import type { Platform, Room } from '../platform/platform.ts';
import { analyzeGrownTables } from './analyze-grown-tables.repository.ts';
import { completeQuietExams } from './complete-exams.ts';
import { examRoutes } from './exams.routes.ts';
import { operatorNameRoutes } from './operator-names.routes.ts';
import type { RegisterBatch } from './received-object.ts';
import { qidoRoutes } from './qido.routes.ts';
import { createRegister } from './register-received.ts';
import { wadoRoutes } from './wado.routes.ts';

export interface ExamsRoom extends Room {
  /** Given to the doors: enters what they received. */
  registerBatch: RegisterBatch;
}

const completionTickMs = 1_000;
/** A few thousand rows at most come in between. */
const statisticsTickMs = 1_000;

/** The register (登记). */
export const createExamsRoom = (
  { database, clock, liveEvents }: Pick<Platform, 'database' | 'clock' | 'liveEvents'>,
  store: ObjectStore,
): ExamsRoom => ({
  registerBatch: createRegister({ database, clock, liveEvents, store }).registerBatch,
  routes: (app) => {
    examRoutes(app, { database, clock, liveEvents });
    qidoRoutes(app, database, clock);
    wadoRoutes(app, { database, clock, store });
    operatorNameRoutes(app, database, clock);
  },
  ticks: [
    {
      name: 'exams.complete-quiet',
      everyMs: completionTickMs,
      run: async () => {
        await completeQuietExams(database, liveEvents, clock.now());
      },
    },
    {
      name: 'exams.analyze-grown-tables',
      everyMs: statisticsTickMs,
      run: async () => {
        await analyzeGrownTables(database);
      },
    },
  ],
});
