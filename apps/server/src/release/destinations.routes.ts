import {
  coercionSchema,
  destinationRequest,
  destinationSchema,
  echoResponse,
  forwardRulesSchema,
  pageOf,
  pageQuery,
  uuidSchema,
  type Destination,
} from '@jiapian/contract';
import { z } from 'zod';
import { actorOf } from '../audit/index.ts';
import type { Database } from '../platform/database.ts';
import type { App } from '../platform/http.ts';
import { listPageOf, pageFrom } from '../platform/list-page.ts';
import { findDestinationPage, type DestinationRow } from './destination.repository.ts';
import { requireDestination, saveDestination } from './save-destination.ts';

const tags = ['release'];
const managing = { permission: 'organization.manage' } as const;
const params = z.object({ destinationId: uuidSchema });

/** Asks a destination whether it is there; resolves with its own words. */
export type Probe = (destination: DestinationRow) => Promise<{ isReachable: boolean; answer: string }>;

export const destinationRoutes = (app: App, database: Database, probe: Probe): void => {
  app.get(
    '/api/v1/destinations',
    {
      config: { permission: 'release.read' },
      schema: {
        tags,
        operationId: 'listDestinations',
        querystring: z.object(pageQuery),
        response: { 200: pageOf(destinationSchema) },
      },
    },
    async (request) => {
      const page = listPageOf(request.query);
      const rows = await database.withHospital(request.caller.hospitalId, (unit) => findDestinationPage(unit, page));
      return pageFrom(rows, page, (row) => [row.name, row.destination_id], asDestination);
    },
  );

  app.post(
    '/api/v1/destinations',
    {
      config: managing,
      schema: { tags, operationId: 'addDestination', body: destinationRequest, response: { 201: destinationSchema } },
    },
    async (request, reply) => {
      const row = await database.withHospital(request.caller.hospitalId, (unit) =>
        saveDestination(unit, actorOf(request), null, request.body),
      );
      return reply.code(201).send(asDestination(row));
    },
  );

  app.patch(
    '/api/v1/destinations/:destinationId',
    {
      config: managing,
      schema: {
        tags,
        operationId: 'changeDestination',
        params,
        body: destinationRequest,
        response: { 200: destinationSchema },
      },
    },
    async (request) => {
      const row = await database.withHospital(request.caller.hospitalId, (unit) =>
        saveDestination(unit, actorOf(request), request.params.destinationId, request.body),
      );
      return asDestination(row);
    },
  );

  app.post(
    '/api/v1/destinations/:destinationId/echo',
    {
      config: { permission: 'release.operate' },
      schema: { tags, operationId: 'echoDestination', params, response: { 200: echoResponse } },
    },
    async (request) => {
      const destination = await database.withHospital(request.caller.hospitalId, (unit) =>
        requireDestination(unit, request.params.destinationId),
      );
      const started = performance.now();
      const answer = await probe(destination);
      return { ...answer, milliseconds: Math.round(performance.now() - started) };
    },
  );
};

const asDestination = (row: DestinationRow): Destination => ({
  destinationId: row.destination_id,
  name: row.name,
  kind: row.kind,
  aeTitle: row.ae_title,
  host: row.host,
  port: row.port,
  usesTls: row.uses_tls,
  url: row.url,
  hasSecret: row.secret !== '',
  isEnabled: row.is_enabled,
  rejectRecipe: row.reject_recipe,
  undoRecipe: row.undo_recipe,
  confirmation: row.confirmation,
  forwardRules: forwardRulesSchema.parse(row.forward_rules),
  coercion: coercionSchema.parse(row.coercion),
  version: row.version,
});
