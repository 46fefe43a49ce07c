import type { Clock } from '@jiapian/kernel';
import { z } from 'zod';
import type { Database } from '../platform/database.ts';
import type { App } from '../platform/http.ts';
import { currentStandard } from './current-standard.ts';

export const standardRoutes = (app: App, database: Database, clock: Clock): void => {
  app.get(
    '/api/v1/standards/current',
    {
      config: { permission: 'standards.read' },
      schema: { tags: ['standards'], operationId: 'getCurrentStandard', response: { 200: z.unknown() } },
    },
    async (request) => database.withHospital(request.caller.hospitalId, (unit) => currentStandard(unit, clock.now())),
  );
};
