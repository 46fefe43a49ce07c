import {
  dryRunRequest,
  dryRunSchema,
  gateOpeningSchema,
  holdPolicySchema,
  holdPolicyVersionSchema,
  pageOf,
  pageQuery,
  publishHoldPolicyRequest,
  substitutesSchema,
} from '@jiapian/contract';
import type { Clock } from '@jiapian/kernel';
import { defaultHoldPolicy } from '@jiapian/rules';
import { z } from 'zod';
import { actorOf } from '../audit/index.ts';
import type { Database } from '../platform/database.ts';
import type { App } from '../platform/http.ts';
import { listPageOf, pageFrom } from '../platform/list-page.ts';
import { dryRunPolicy } from './dry-run-policy.ts';
import { findOpenings } from './gate-opening.repository.ts';
import { findNewestPolicy, findPolicyVersions } from './hold-policy.repository.ts';
import { listSubstitutes, publishHoldPolicy } from './hold-policy.ts';

const tags = ['release'];
const reading = { permission: 'release.read' } as const;
const managing = { permission: 'organization.manage' } as const;

export const holdPolicyRoutes = (app: App, database: Database, clock: Clock): void => {
  app.get(
    '/api/v1/release/policy',
    { config: reading, schema: { tags, operationId: 'getHoldPolicy', response: { 200: holdPolicyVersionSchema } } },
    async (request) => {
      const row = await database.withHospital(request.caller.hospitalId, findNewestPolicy);
      return row ? asVersion(row) : productDefault;
    },
  );

  app.get(
    '/api/v1/release/policy/substitutes',
    { config: reading, schema: { tags, operationId: 'listSubstitutes', response: { 200: substitutesSchema } } },
    async (request) => ({
      items: await database.withHospital(request.caller.hospitalId, listSubstitutes),
    }),
  );

  app.get(
    '/api/v1/release/policy/versions',
    {
      config: reading,
      schema: {
        tags,
        operationId: 'listHoldPolicies',
        querystring: z.object(pageQuery),
        response: { 200: pageOf(holdPolicyVersionSchema) },
      },
    },
    async (request) => {
      const page = listPageOf(request.query);
      const rows = await database.withHospital(request.caller.hospitalId, (unit) => findPolicyVersions(unit, page));
      return pageFrom(rows, page, (row) => [row.list_key, String(row.version)], asVersion);
    },
  );

  app.post(
    '/api/v1/release/policy',
    {
      config: managing,
      schema: {
        tags,
        operationId: 'publishHoldPolicy',
        body: publishHoldPolicyRequest,
        response: { 201: z.object({ version: z.number().int() }) },
      },
    },
    async (request, reply) => {
      const version = await database.withHospital(request.caller.hospitalId, (unit) =>
        publishHoldPolicy(unit, clock, actorOf(request), request.body),
      );
      return reply.code(201).send({ version });
    },
  );

  app.post(
    '/api/v1/release/policy/dry-run',
    {
      config: reading,
      schema: { tags, operationId: 'dryRunHoldPolicy', body: dryRunRequest, response: { 200: dryRunSchema } },
    },
    async (request) =>
      database.withHospital(request.caller.hospitalId, (unit) =>
        dryRunPolicy(unit, clock.now(), request.body.content, request.body.day),
      ),
  );

  app.get(
    '/api/v1/release/openings',
    {
      config: reading,
      schema: {
        tags,
        operationId: 'listGateOpenings',
        querystring: z.object(pageQuery),
        response: { 200: pageOf(gateOpeningSchema) },
      },
    },
    async (request) => {
      const page = listPageOf(request.query);
      const rows = await database.withHospital(request.caller.hospitalId, (unit) => findOpenings(unit, page));
      return pageFrom(
        rows,
        page,
        (row) => [row.list_key, String(row.gate_opening_id)],
        (row) => ({
          because: row.because,
          openedAt: row.opened_at.toISOString(),
          closedAt: row.closed_at?.toISOString() ?? null,
          released: row.released ?? 0,
        }),
      );
    },
  );
};

const asVersion = (row: NonNullable<Awaited<ReturnType<typeof findNewestPolicy>>>) => ({
  version: row.version,
  content: holdPolicySchema.parse(row.content),
  note: row.note,
  publishedAt: row.published_at.toISOString(),
  publishedByName: row.display_name,
});

const productDefault = {
  version: 0,
  content: holdPolicySchema.parse(defaultHoldPolicy),
  note: '',
  publishedAt: null,
  publishedByName: null,
};
