import {
  calculatorSettingsAnswer,
  calculatorSettingsSchema,
  consoleCodeParams,
  consoleLinkSchema,
  consoleTableSchema,
  uuidSchema,
} from '@jiapian/contract';
import type { Clock } from '@jiapian/kernel';
import { z } from 'zod';
import { actorOf } from '../audit/index.ts';
import type { App } from '../platform/app.ts';
import type { Database } from '../platform/database.ts';
import { describeCalculatorSettings, saveCalculatorSettings } from './calculator-settings.ts';
import { dropConsoleLink, renewConsoleLink, showConsoleTable } from './console-link.ts';

const tags = ['protocols'];
const managing = { permission: 'protocols.manage' } as const;
const params = z.object({ deviceId: uuidSchema });
/** Everybody at the consoles of a department may share one address. */
const consoleRate = { rateLimit: { max: 600, timeWindow: '1 minute' } };

/** What stands at the console: the link behind the QR code, its public page, and the calculators. */
export const consoleRoutes = (app: App, database: Database, clock: Clock): void => {
  app.post(
    '/api/v1/protocols/devices/:deviceId/console-link',
    {
      config: managing,
      schema: { tags, operationId: 'renewConsoleLink', params, response: { 201: consoleLinkSchema } },
    },
    async (request, reply) => {
      const made = { ...request.params, at: clock.now() };
      const link = await database.withHospital(request.caller.hospitalId, (unit) =>
        renewConsoleLink(unit, actorOf(request), made),
      );
      return reply.code(201).send(link);
    },
  );

  app.delete(
    '/api/v1/protocols/devices/:deviceId/console-link',
    { config: managing, schema: { tags, operationId: 'endConsoleLink', params, response: { 204: z.null() } } },
    async (request, reply) => {
      const ended = { ...request.params, at: clock.now() };
      await database.withHospital(request.caller.hospitalId, (unit) => dropConsoleLink(unit, actorOf(request), ended));
      return reply.code(204).send(null);
    },
  );

  app.get(
    '/api/v1/console/:code',
    {
      config: { permission: 'public', ...consoleRate },
      schema: {
        tags,
        operationId: 'getConsoleTable',
        params: consoleCodeParams,
        response: { 200: consoleTableSchema },
      },
    },
    async (request) => showConsoleTable(database, request.params.code),
  );

  app.get(
    '/api/v1/protocols/calculators',
    {
      config: { permission: 'protocols.read' },
      schema: { tags, operationId: 'getCalculatorSettings', response: { 200: calculatorSettingsAnswer } },
    },
    async (request) => database.withHospital(request.caller.hospitalId, (unit) => describeCalculatorSettings(unit)),
  );

  app.put(
    '/api/v1/protocols/calculators',
    {
      config: managing,
      schema: {
        tags,
        operationId: 'saveCalculatorSettings',
        body: calculatorSettingsSchema,
        response: { 200: calculatorSettingsAnswer },
      },
    },
    async (request) =>
      database.withHospital(request.caller.hospitalId, (unit) =>
        saveCalculatorSettings(unit, actorOf(request), request.body, clock.now()),
      ),
  );
};
