import {
  changeStreamRequest,
  deviceStreamSchema,
  pageOf,
  pageQuery,
  streamCheckListSchema,
  streamCheckQuery,
  uuidSchema,
  type DeviceStream,
} from '@jiapian/contract';
import type { Clock } from '@jiapian/kernel';
import { z } from 'zod';
import { actorOf } from '../audit/index.ts';
import type { Database } from '../platform/database.ts';
import type { App } from '../platform/http.ts';
import { listPageOf, pageFrom } from '../platform/list-page.ts';
import { findStreams, type StreamRow } from './device-stream.repository.ts';
import { checkStream, switchStream } from './switch-stream.ts';

const tags = ['release'];
const params = z.object({ deviceId: uuidSchema });

export const deviceStreamRoutes = (app: App, database: Database, clock: Clock): void => {
  app.get(
    '/api/v1/release/devices',
    {
      config: { permission: 'release.read' },
      schema: {
        tags,
        operationId: 'listDeviceStreams',
        querystring: z.object(pageQuery),
        response: { 200: pageOf(deviceStreamSchema) },
      },
    },
    async (request) => {
      const page = listPageOf(request.query);
      const rows = await database.withHospital(request.caller.hospitalId, (unit) => findStreams(unit, page));
      return pageFrom(rows, page, (row) => [row.name, row.device_id], asStream);
    },
  );

  app.get(
    '/api/v1/release/devices/:deviceId/checks',
    {
      config: { permission: 'release.read' },
      schema: {
        tags,
        operationId: 'checkDeviceStream',
        params,
        querystring: streamCheckQuery,
        response: { 200: streamCheckListSchema },
      },
    },
    async (request) => {
      const { mode } = request.query;
      const checks = await database.withHospital(request.caller.hospitalId, (unit) =>
        checkStream(unit, request.params.deviceId, mode),
      );
      return { mode, checks };
    },
  );

  app.put(
    '/api/v1/release/devices/:deviceId',
    {
      config: { permission: 'organization.manage' },
      schema: {
        tags,
        operationId: 'switchDeviceStream',
        params,
        body: changeStreamRequest,
        response: { 200: deviceStreamSchema },
      },
    },
    async (request) =>
      asStream(
        await database.withHospital(request.caller.hospitalId, (unit) =>
          switchStream(unit, clock, actorOf(request), request.params.deviceId, request.body),
        ),
      ),
  );
};

const asStream = (row: StreamRow): DeviceStream => ({
  deviceId: row.device_id,
  deviceName: row.name,
  modality: row.modality,
  mode: row.mode,
  care: row.care,
  changedAt: row.changed_at?.toISOString() ?? null,
  version: row.version,
});
