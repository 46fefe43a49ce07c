import { connectionSchema, hospitalRequest, hospitalSettingsSchema, setUpRequest } from '@jiapian/contract';
import type { Clock } from '@jiapian/kernel';
import { z } from 'zod';
import { actorOf, recordEntry } from '../audit/index.ts';
import type { Database } from '../platform/database.ts';
import type { App } from '../platform/http.ts';
import type { Settings } from '../platform/settings.ts';
import { deviceValues } from './devices.routes.ts';
import { readHospitalSettings, writeHospitalSettings } from './hospital-settings.ts';
import { updateHospital } from './organization.repository.ts';
import { setUpHospital } from './set-up-hospital.ts';

const tags = ['organization'];

export const hospitalRoutes = (app: App, database: Database, clock: Clock, settings: Settings): void => {
  app.get(
    '/api/v1/organization/connection',
    {
      config: { permission: 'organization.read' },
      schema: { tags, operationId: 'getConnection', response: { 200: connectionSchema } },
    },
    async (request) => ({
      aeTitle: settings.aeTitle,
      host: settings.dicom.host,
      port: settings.dicom.port,
      dicomweb: `${request.protocol}://${request.host}/dicomweb`,
    }),
  );

  app.post(
    '/api/v1/organization/set-up',
    {
      config: { permission: 'organization.manage' },
      schema: { tags, operationId: 'setUpHospital', body: setUpRequest, response: { 204: z.null() } },
    },
    async (request, reply) => {
      const { device, ...hospital } = request.body;
      await database.withHospital(request.caller.hospitalId, (unit) =>
        setUpHospital(unit, actorOf(request), {
          name: hospital.hospitalName,
          nameEn: hospital.hospitalNameEn,
          timeZone: hospital.timeZone,
          departmentName: hospital.departmentName,
          isDemo: hospital.isDemo,
          device: device && {
            values: deviceValues({ ...device, roomId: null, ownerStaffId: null }),
            roomName: device.roomName,
          },
          at: clock.now(),
        }),
      );
      return reply.code(204).send(null);
    },
  );

  app.put(
    '/api/v1/organization/hospital',
    {
      config: { permission: 'organization.manage' },
      schema: { tags, operationId: 'changeHospital', body: hospitalRequest, response: { 204: z.null() } },
    },
    async (request, reply) => {
      const { name, nameEn, timeZone } = request.body;
      await database.withHospital(request.caller.hospitalId, async (unit) => {
        await updateHospital(unit, { name, name_en: nameEn, time_zone: timeZone });
        await recordEntry(unit, actorOf(request), {
          action: 'organization.hospital-changed',
          subjectKind: 'hospital',
          subjectId: unit.hospitalId,
          facts: request.body,
        });
      });
      return reply.code(204).send(null);
    },
  );

  app.get(
    '/api/v1/organization/settings',
    {
      config: { permission: 'organization.read' },
      schema: { tags, operationId: 'getHospitalSettings', response: { 200: hospitalSettingsSchema } },
    },
    async (request) => database.withHospital(request.caller.hospitalId, readHospitalSettings),
  );

  app.put(
    '/api/v1/organization/settings',
    {
      config: { permission: 'organization.manage' },
      schema: {
        tags,
        operationId: 'changeHospitalSettings',
        body: hospitalSettingsSchema,
        response: { 200: hospitalSettingsSchema },
      },
    },
    async (request) =>
      database.withHospital(request.caller.hospitalId, async (unit) => {
        await writeHospitalSettings(unit, request.body, request.caller.accountId, clock.now());
        await recordEntry(unit, actorOf(request), {
          action: 'organization.settings-changed',
          subjectKind: 'hospital',
          subjectId: unit.hospitalId,
          facts: request.body,
        });
        return readHospitalSettings(unit);
      }),
  );
};
