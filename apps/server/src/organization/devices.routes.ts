import { deviceRequest, deviceSchema, pageOf, pageQuery, uuidSchema, type Device } from '@jiapian/contract';
import type { Clock } from '@jiapian/kernel';
import { z } from 'zod';
import { actorOf } from '../audit/index.ts';
import type { Database } from '../platform/database.ts';
import type { App } from '../platform/http.ts';
import { listPageOf, pageFrom } from '../platform/list-page.ts';
import { listDevices, type DeviceRow, type DeviceValues } from './organization.repository.ts';
import { saveDevice } from './save-device.ts';

const tags = ['organization'];

export const deviceRoutes = (app: App, database: Database, clock: Clock): void => {
  app.get(
    '/api/v1/devices',
    {
      config: { permission: 'organization.read' },
      schema: {
        tags,
        operationId: 'listDevices',
        querystring: z.object(pageQuery),
        response: { 200: pageOf(deviceSchema) },
      },
    },
    async (request) => {
      const page = listPageOf(request.query);
      const rows = await database.withHospital(request.caller.hospitalId, (unit) => listDevices(unit, page));
      return pageFrom(rows, page, (row) => [row.name, row.device_id], asDevice);
    },
  );

  app.post(
    '/api/v1/devices',
    {
      config: { permission: 'organization.manage' },
      schema: { tags, operationId: 'addDevice', body: deviceRequest, response: { 201: deviceSchema } },
    },
    async (request, reply) => {
      const device = await database.withHospital(request.caller.hospitalId, (unit) =>
        saveDevice(unit, actorOf(request), {
          deviceId: null,
          version: null,
          values: deviceValues(request.body),
          at: clock.now(),
        }),
      );
      return reply.code(201).send(asDevice(device));
    },
  );

  app.patch(
    '/api/v1/devices/:deviceId',
    {
      config: { permission: 'organization.manage' },
      schema: {
        tags,
        operationId: 'changeDevice',
        params: z.object({ deviceId: uuidSchema }),
        body: deviceRequest,
        response: { 200: deviceSchema },
      },
    },
    async (request) => {
      const device = await database.withHospital(request.caller.hospitalId, (unit) =>
        saveDevice(unit, actorOf(request), {
          deviceId: request.params.deviceId,
          version: request.body.version ?? null,
          values: deviceValues(request.body),
          at: clock.now(),
        }),
      );
      return asDevice(device);
    },
  );
};

export const deviceValues = (body: Omit<z.output<typeof deviceRequest>, 'version'>): DeviceValues => ({
  name: body.name,
  modality: body.modality,
  ae_title: body.aeTitle,
  station_name: body.stationName,
  room_id: body.roomId,
  owner_staff_id: body.ownerStaffId,
  priority_class: body.priorityClass,
  hold_minutes: body.holdMinutes,
});

const asDevice = (row: DeviceRow): Device => ({
  deviceId: row.device_id,
  name: row.name,
  modality: row.modality,
  aeTitle: row.ae_title,
  stationName: row.station_name,
  manufacturer: row.manufacturer,
  model: row.model,
  serialNumber: row.serial_number,
  roomId: row.room_id,
  ownerStaffId: row.owner_staff_id,
  priorityClass: row.priority_class,
  holdMinutes: row.hold_minutes,
  isNamed: row.named_at !== null,
  firstSeenAt: row.first_seen_at.toISOString(),
  lastSeenAt: row.last_seen_at?.toISOString() ?? null,
  version: row.version,
});
