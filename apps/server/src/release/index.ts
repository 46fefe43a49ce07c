import { createCopyPool } from './copy-pool.ts';
import { createFinder, createSender, peerOf, probeDestination } from './destination-peers.ts';
import { destinationRoutes } from './destinations.routes.ts';
import { forwardChannel, requeueInterrupted } from './forward.repository.ts';
import { createCommitments } from './ask-commitments.ts';
import { confirmForwards } from './confirm-forwards.ts';
import { createForwardPump } from './forward-pump.ts';
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
import { activityRoutes } from './activity.routes.ts';
import { defineReleaseMetrics } from './release-metrics.ts';
import { runClock } from './run-clock.ts';
import { escalateHolds } from './escalate-holds.ts';
import { watchGate } from './watch-gate.ts';
import { FolderObjectStore } from '../archive/index.ts';
import type { Platform, Room } from '../platform/platform.ts';

export { createCommitmentRoom } from './commit-storage-room.ts';
export { createPrintRoom } from './print-room.ts';
export { followCorrection, settleBeforeCorrection } from './follow-correction.ts';
export {
  findArchivesOf,
  findCorrectionRecipes,
  isTakenElsewhere,
  setCorrectionRecipe,
  type ArchiveOfObjects,
} from './follow-correction.repository.ts';
export { AS_RECEIVED } from './copy.repository.ts';
export { isHeld } from './gate.repository.ts';
export { findViewers } from './rejection-rows.repository.ts';

const CLOCK_EVERY_MS = 1000;
const FORWARD_EVERY_MS = 500;
const WATCH_EVERY_MS = 5000;

/** The gate and what leaves through it. */
export const createReleaseRoom = ({ database, clock, liveEvents, settings, folder, log, metrics }: Platform): Room => {
  const store = new FolderObjectStore(folder);
  const copies = createCopyPool();
  const senderOf = createSender(settings.aeTitle, settings.tls, copies.makeCopy);
  const forwarding = { database, clock, store, live: liveEvents, senderOf };
  defineReleaseMetrics(metrics, { database, clock, root: folder.root });
  const pump = createForwardPump({
    ...forwarding,
    onBreakdown: (cause) => log.error('release.forwarding-failed', {}, cause),
  });
  const commitments = createCommitments({ database, clock }, (destination) =>
    peerOf(destination, settings.aeTitle, settings.tls),
  );
  let ending: AbortSignal | null = null;
  let unlisten = (): void => undefined;
  return {
    routes: (app) => {
      releaseRoutes(app, database, clock, liveEvents);
      repeatOrderRoutes(app, database, clock);
      rejectRateRoutes(app, database, clock);
      activityRoutes(app, database, clock, folder.root);
      holdPolicyRoutes(app, database, clock);
      rejectionRoutes(app, database, clock, liveEvents);
      deviceStreamRoutes(app, database, clock);
      destinationRoutes(app, database, probeDestination(settings.aeTitle, settings.tls));
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
        run: (signal) => {
          ending = signal;
          return pump.step(signal);
        },
      },
      {
        name: 'release.confirm-forwards',
        everyMs: CLOCK_EVERY_MS,
        run: () =>
          confirmForwards({ ...forwarding, finderOf: createFinder(settings.aeTitle, settings.tls), commitments }),
      },
      {
        name: 'release.send-rejections',
        everyMs: FORWARD_EVERY_MS,
        run: (signal) => sendRejections({ ...forwarding, cache: folder.cache }, signal),
      },
      {
        name: 'release.check-rejections',
        everyMs: WATCH_EVERY_MS,
        run: () => checkRejections({ ...forwarding, finderOf: createFinder(settings.aeTitle, settings.tls) }),
      },
    ],
    start: async (roles) => {
      if (!roles.has('worker')) return;
      await database.withSystem(requeueInterrupted);
      await database.withSystem(requeueInterruptedRejections);
      unlisten = database.listen(forwardChannel, () => {
        if (ending?.aborted === false)
          pump.step(ending).catch((cause: unknown) => log.warn('release.poke', { cause: String(cause) }));
      });
    },
    stop: async () => {
      unlisten();
      await pump.idle();
      await copies.close();
    },
  };
};
