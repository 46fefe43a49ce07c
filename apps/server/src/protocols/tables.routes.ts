import {
  beginTableRequest,
  parameterDevicePageSchema,
  parameterDevicesSchema,
  parameterTableSchema,
  printTableQuery,
  saveTableRequest,
  signTableRequest,
  tableEditionQuery,
  uuidSchema,
} from '@jiapian/contract';
import { type Clock, DAY_MS } from '@jiapian/kernel';
import type { ParameterTable } from '@jiapian/rules';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { actorOf } from '../audit/index.ts';
import { pdfReply, renderPdf } from '../bulletins/index.ts';
import type { App } from '../platform/app.ts';
import type { Database } from '../platform/database.ts';
import type { LiveEvents } from '../platform/live-events.ts';
import { beginTable } from './begin-table.ts';
import { dropDraft, saveDraft } from './change-draft.ts';
import { describeDevice, describeDevices } from './describe-devices.ts';
import { describeTable } from './describe-tables.ts';
import { printTable } from './print-table.ts';
import { type Signer, signTable } from './sign-table.ts';

const tags = ['protocols'];
const reading = { permission: 'protocols.read' } as const;
const managing = { permission: 'protocols.manage' } as const;
const signing = { permission: 'protocols.sign' } as const;
const deviceParams = z.object({ deviceId: uuidSchema });
const tableParams = z.object({ tableId: uuidSchema });
/** Days that the counts of the list look back. */
const countedDays = 30;

/** A token signs nothing: it is nobody's hand. */
const signerOf = ({ caller }: FastifyRequest): Signer => ({
  accountId: caller.via === 'session' ? caller.accountId : null,
  staffId: caller.via === 'session' ? caller.staffId : null,
  name: caller.name,
  mayLead: caller.permissions.has('protocols.lead'),
});

export const tableRoutes = (app: App, database: Database, clock: Clock, live: LiveEvents): void => {
  const sinceCounted = (): Date => new Date(clock.now().getTime() - countedDays * DAY_MS);

  app.get(
    '/api/v1/protocols/devices',
    {
      config: reading,
      schema: { tags, operationId: 'listParameterDevices', response: { 200: parameterDevicesSchema } },
    },
    async (request) =>
      database.withHospital(request.caller.hospitalId, async (unit) => ({
        days: countedDays,
        items: await describeDevices(unit, sinceCounted()),
      })),
  );

  app.get(
    '/api/v1/protocols/devices/:deviceId',
    {
      config: reading,
      schema: {
        tags,
        operationId: 'getParameterDevice',
        params: deviceParams,
        response: { 200: parameterDevicePageSchema },
      },
    },
    async (request) =>
      database.withHospital(request.caller.hospitalId, (unit) =>
        describeDevice(unit, request.params.deviceId, sinceCounted()),
      ),
  );

  app.post(
    '/api/v1/protocols/devices/:deviceId/tables',
    {
      config: managing,
      schema: {
        tags,
        operationId: 'beginParameterTable',
        params: deviceParams,
        body: beginTableRequest,
        response: { 201: parameterTableSchema },
      },
    },
    async (request, reply) => {
      const table = await database.withHospital(request.caller.hospitalId, async (unit) => {
        const { deviceId } = request.params;
        const tableId = await beginTable(unit, actorOf(request), { deviceId, begin: request.body, at: clock.now() });
        return describeTable(unit, tableId, signerOf(request));
      });
      return reply.code(201).send(table);
    },
  );

  app.get(
    '/api/v1/protocols/tables/:tableId',
    {
      config: reading,
      schema: { tags, operationId: 'getParameterTable', params: tableParams, response: { 200: parameterTableSchema } },
    },
    async (request) =>
      database.withHospital(request.caller.hospitalId, (unit) =>
        describeTable(unit, request.params.tableId, signerOf(request)),
      ),
  );

  app.put(
    '/api/v1/protocols/tables/:tableId',
    {
      config: managing,
      schema: {
        tags,
        operationId: 'saveParameterTable',
        params: tableParams,
        body: saveTableRequest,
        response: { 200: parameterTableSchema },
      },
    },
    async (request) =>
      database.withHospital(request.caller.hospitalId, async (unit) => {
        const { tableId } = request.params;
        const { edition, note } = request.body;
        const content = request.body.content as ParameterTable;
        await saveDraft(unit, actorOf(request), { tableId, edition, note, content, at: clock.now() });
        return describeTable(unit, tableId, signerOf(request));
      }),
  );

  app.delete(
    '/api/v1/protocols/tables/:tableId',
    {
      config: managing,
      schema: {
        tags,
        operationId: 'dropParameterTable',
        params: tableParams,
        querystring: tableEditionQuery,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const dropped = { ...request.params, ...request.query, at: clock.now() };
      await database.withHospital(request.caller.hospitalId, (unit) => dropDraft(unit, actorOf(request), dropped));
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/api/v1/protocols/tables/:tableId/signatures',
    {
      config: signing,
      schema: {
        tags,
        operationId: 'signParameterTable',
        params: tableParams,
        body: signTableRequest,
        response: { 200: parameterTableSchema },
      },
    },
    async (request) =>
      database.withHospital(request.caller.hospitalId, async (unit) => {
        const { tableId } = request.params;
        const signer = signerOf(request);
        await signTable(unit, actorOf(request), signer, { tableId, ...request.body, at: clock.now() });
        await live.publishWith(unit, 'parameters.changed', {});
        return describeTable(unit, tableId, signer);
      }),
  );

  app.get(
    '/api/v1/protocols/tables/:tableId/print',
    {
      config: reading,
      schema: {
        tags,
        operationId: 'printParameterTable',
        params: tableParams,
        querystring: printTableQuery,
        response: { 200: z.unknown() },
      },
    },
    async (request, reply) => {
      const printed = { ...request.params, ...request.query, at: clock.now() };
      const { document, version } = await database.withHospital(request.caller.hospitalId, (unit) =>
        printTable(unit, actorOf(request), printed),
      );
      return pdfReply(reply, `parameters-v${version}`, await renderPdf(document));
    },
  );
};
