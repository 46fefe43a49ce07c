import { createFinder, createSender, probeDestination } from './destination-peers.ts';
import { destinationRoutes } from './destinations.routes.ts';
import { requeueInterrupted } from './forward.repository.ts';
import { forwardObjects } from './forward-objects.ts';
import { deviceStreamRoutes } from './device-streams.routes.ts';
import { holdPolicyRoutes } from './hold-policy.routes.ts';
import { releaseJobs } from './release.jobs.ts';
import { repeatOrderRoutes } from './repeat-orders.routes.ts';
import { releaseRoutes } from './release.routes.ts';
import { requeueInterruptedRejections } from './rejection-queue.repository.ts';
import { checkRejections } from './check-rejections.ts';
import { rejectionRoutes } from './rejections.routes.ts';
import { sendRejections } from './send-rejections.ts';
import { clearHolds } from './clear-holds.ts';
import { rejectRateRoutes } from './reject-rates.routes.ts';
import { runClock } from './run-clock.ts';
import { escalateHolds } from './escalate-holds.ts';
import { watchGate } from './watch-gate.ts';
import { FolderObjectStore } from '../archive/index.ts';
import type { Platform, Room } from '../platform/platform.ts';

export { createCommitmentRoom } from './commit-storage-room.ts';
export { askCommitment, type CommitmentAsk } from './commit-storage-ask.ts';
export { findCommitments } from './storage-commitment-asks.repository.ts';

const CLOCK_EVERY_MS = 1000;
const FORWARD_EVERY_MS = 500;
const WATCH_EVERY_MS = 5000;

/** The gate and what leaves through it. */
export const createReleaseRoom = ({ database, clock, liveEvents, settings, folder }: Platform): Room => {
  const store = new FolderObjectStore(folder);
  const senderOf = createSender(settings.aeTitle);
  const forwarding = { database, clock, store, live: liveEvents, senderOf };
  return {
    routes: (app) => {
      releaseRoutes(app, database, clock, liveEvents);
      repeatOrderRoutes(app, database, clock);
      rejectRateRoutes(app, database);
      holdPolicyRoutes(app, database, clock);
      rejectionRoutes(app, database, clock, liveEvents);
      deviceStreamRoutes(app, database, clock);
      destinationRoutes(app, database, probeDestination(settings.aeTitle));
    },
    jobs: releaseJobs(clock, liveEvents),
    ticks: [
      {
        name: 'release.run-clock',
        everyMs: CLOCK_EVERY_MS,
        run: () => runClock(database, clock, liveEvents),
      },
      {
        name: 'release.escalate-holds',
        everyMs: CLOCK_EVERY_MS,
        run: () => escalateHolds(database, clock, liveEvents),
      },
      {
        name: 'release.clear-holds',
        everyMs: CLOCK_EVERY_MS,
        run: () => clearHolds(database, clock, liveEvents),
      },
      {
        name: 'release.watch-gate',
        everyMs: WATCH_EVERY_MS,
        run: () => watchGate(database, clock, liveEvents),
      },
      {
        name: 'release.forward-objects',
        everyMs: FORWARD_EVERY_MS,
        run: (signal) => forwardObjects(forwarding, signal),
      },
      {
        name: 'release.send-rejections',
        everyMs: FORWARD_EVERY_MS,
        run: (signal) => sendRejections({ ...forwarding, cache: folder.cache }, signal),
      },
      {
        name: 'release.check-rejections',
        everyMs: WATCH_EVERY_MS,
        run: () => checkRejections({ ...forwarding, finderOf: createFinder(settings.aeTitle) }),
      },
    ],
    start: async (roles) => {
      if (!roles.has('worker')) return;
      await database.withSystem(requeueInterrupted);
      await database.withSystem(requeueInterruptedRejections);
    },
  };
};
