import {
  accountRoutes,
  authenticate,
  deleteExpiredSessions,
  ensureFirstAdministrator,
  SESSION_COOKIE,
  sessionRoutes,
  type FirstStart,
} from './access/index.ts';
import { createAnalysisRoom } from './analysis/index.ts';
import { FolderObjectStore } from './archive/index.ts';
import { auditRoutes, sealChain } from './audit/index.ts';
import { bulletinRoutes } from './bulletins/index.ts';
import { createConsultationsRoom } from './consultations/index.ts';
import { createCorrectionsRoom } from './corrections/index.ts';
import { createExamsRoom, createOrdersRoom, performedStepService, worklistService } from './exams/index.ts';
import { createIntakeRoom } from './intake/index.ts';
import { ensureLocalToken } from './local-token.ts';
import { deviceRoutes, hospitalRoutes, peopleAndRoomRoutes } from './organization/index.ts';
import type { Authenticate } from './platform/caller.ts';
import { forEachHospital } from './platform/each-hospital.ts';
import type { Platform, Room } from './platform/platform.ts';
import { createProtocolsRoom } from './protocols/index.ts';
import { createCommitmentRoom, createPrintRoom, createReleaseRoom } from './release/index.ts';
import { createMailRoom, createReviewRoom } from './review/index.ts';
import { createSelfChecksRoom } from './self-checks/index.ts';
import {
  bookletRoutes,
  draftRoutes,
  incidentRoutes,
  positionRoutes,
  standardRoutes,
  standardsJobs,
} from './standards/index.ts';
import { createTeachingRoom } from './teaching/index.ts';

export interface Composition {
  rooms: readonly Room[];
  authenticate: Authenticate;
  first: FirstStart;
}

/** Every room of the server, given the platform; nothing runs yet. */
export const composeRooms = async (platform: Platform): Promise<Composition> => {
  const { database, clock, settings, folder } = platform;
  const first = await ensureFirstAdministrator(database, settings.adminPassword);
  const store = new FolderObjectStore(folder);
  const exams = createExamsRoom(platform, store);
  const analysis = createAnalysisRoom(platform, store);
  const commitment = createCommitmentRoom(platform);
  return {
    rooms: [
      accessRoom(platform, first),
      auditRoom(platform),
      organizationRoom(platform),
      standardsRoom(platform),
      bulletinsRoom(platform),
      exams,
      createOrdersRoom(platform),
      createIntakeRoom(platform, {
        store,
        registerBatch: exams.registerBatch,
        operations: [performedStepService(platform), worklistService(platform), commitment.service],
      }),
      analysis,
      createTeachingRoom(platform, store, analysis.framesOf),
      createProtocolsRoom(platform),
      createReviewRoom(platform),
      createMailRoom(platform),
      createConsultationsRoom(platform),
      createSelfChecksRoom(platform),
      createReleaseRoom(platform),
      createCorrectionsRoom(platform),
      commitment,
      createPrintRoom(platform),
    ],
    authenticate: ({ cookies, headers }) =>
      authenticate(database, clock, { cookie: cookies[SESSION_COOKIE], authorization: headers.authorization }),
    first,
  };
};

const hourMs = 3_600_000;
const sealEveryMs = 2_000;

const accessRoom = ({ database, clock, folder }: Platform, { hospitalId }: FirstStart): Room => ({
  routes: (app) => {
    sessionRoutes(app, database, clock);
    accountRoutes(app, database, clock);
  },
  ticks: [
    {
      name: 'access.end-sessions',
      everyMs: hourMs,
      run: () => database.withSystem((unit) => deleteExpiredSessions(unit, clock.now())),
    },
  ],
  start: async (roles) => {
    if (roles.has('web')) await ensureLocalToken({ database, clock, folder, hospitalId });
  },
});

const auditRoom = ({ database }: Platform): Room => ({
  routes: (app) => auditRoutes(app, database),
  ticks: [
    {
      name: 'audit.seal-chain',
      everyMs: sealEveryMs,
      run: () => forEachHospital(database, async (unit) => void (await sealChain(unit))),
    },
  ],
});

const organizationRoom = ({ database, clock, settings }: Platform): Room => ({
  routes: (app) => {
    hospitalRoutes(app, database, clock, settings);
    deviceRoutes(app, database, clock);
    peopleAndRoomRoutes(app, database);
  },
});

const bulletinsRoom = ({ database }: Platform): Room => ({
  routes: (app) => bulletinRoutes(app, database),
});

const standardsRoom = ({ database, clock }: Platform): Room => ({
  routes: (app) => {
    draftRoutes(app, database, clock);
    standardRoutes(app, database, clock);
    bookletRoutes(app, database, clock);
    positionRoutes(app, database, clock);
    incidentRoutes(app, database, clock);
  },
  jobs: standardsJobs(clock),
});
