import type { ObjectStore } from '../archive/index.ts';
import type { Platform, Room } from '../platform/platform.ts';
import { createDecodePool } from './decode-pool.ts';
import { createFrames, type Frames } from './frames.ts';
import { frameRoutes } from './frames.routes.ts';
import { wadoFrameRoutes } from './wado-frames.routes.ts';

export interface AnalysisRoom extends Room {
  frames: Frames;
}

/** Pixels for the viewer, decoded in worker threads. */
export const createAnalysisRoom = (
  { database, clock }: Pick<Platform, 'database' | 'clock'>,
  store: ObjectStore,
): AnalysisRoom => {
  const pool = createDecodePool();
  const frames = createFrames(pool, store);
  return {
    frames,
    routes: (app) => {
      frameRoutes(app, { database, clock, frames });
      wadoFrameRoutes(app, { database, clock, frames });
    },
    start: async (roles) => {
      if (roles.has('web')) pool.warm();
    },
    stop: () => pool.close(),
  };
};
