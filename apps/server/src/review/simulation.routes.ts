import { simulationQuery, standardSimulationSchema, uuidSchema } from '@jiapian/contract';
import { DAY_MS, type Clock } from '@jiapian/kernel';
import type { ReviewStandard } from '@jiapian/rules';
import { z } from 'zod';
import type { Database } from '../platform/database.ts';
import type { App } from '../platform/http.ts';
import { openDraft } from '../standards/index.ts';
import { simulateStandard } from './simulate-standard.ts';

export const simulationRoutes = (app: App, database: Database, clock: Clock): void => {
  app.get(
    '/api/v1/standards/drafts/:draftId/simulation',
    {
      config: { permission: 'standards.manage' },
      schema: {
        tags: ['standards'],
        operationId: 'simulateStandardDraft',
        params: z.object({ draftId: uuidSchema }),
        querystring: simulationQuery,
        response: { 200: standardSimulationSchema },
      },
    },
    async (request) => {
      const to = clock.now();
      const from = new Date(to.getTime() - request.query.days * DAY_MS);
      // A day on either side: which day it is in the hospital does not matter to a month.
      const days = { from: dayOf(from), to: dayOf(new Date(to.getTime() + DAY_MS)) };
      return database.withHospital(request.caller.hospitalId, async (unit) => {
        const draft = await openDraft(unit, request.params.draftId);
        const moves = await simulateStandard(unit, draft.content as unknown as ReviewStandard, days);
        return { from: from.toISOString(), to: to.toISOString(), ...moves };
      });
    },
  );
};

const dayOf = (moment: Date): string => moment.toISOString().slice(0, 10);
