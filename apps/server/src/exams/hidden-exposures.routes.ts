import { hiddenExposureQuery, hiddenExposureSchema } from '@jiapian/contract';
import type { Clock } from '@jiapian/kernel';
import { z } from 'zod';
import { actorOf, recordEntry } from '../audit/index.ts';
import type { App } from '../platform/app.ts';
import type { Database } from '../platform/database.ts';
import { findExposuresWithoutImage } from './hidden-exposures.repository.ts';

/** An image may still be on its way for so long after its step has ended, ms. [PD] */
const SETTLED_AFTER_MS = 600_000;

/** Exposures that the modalities report (MPPS) and that have no image here. */
export const hiddenExposureRoutes = (app: App, { database, clock }: { database: Database; clock: Clock }): void => {
  app.get(
    '/api/v1/hidden-exposures',
    {
      config: { permission: 'release.read' },
      schema: {
        tags: ['orders'],
        operationId: 'listHiddenExposures',
        querystring: hiddenExposureQuery,
        response: { 200: z.array(hiddenExposureSchema) },
      },
    },
    async (request) => {
      const settledBefore = new Date(clock.now().getTime() - SETTLED_AFTER_MS);
      return database.withHospital(request.caller.hospitalId, async (unit) => {
        const found = await findExposuresWithoutImage(unit, { ...request.query, settledBefore });
        await recordEntry(unit, actorOf(request), {
          action: 'exams.list-hidden-exposures',
          subjectKind: 'exams',
          subjectId: 'list',
          facts: { ...request.query, rows: found.length },
        });
        return found;
      });
    },
  );
};
