import {
  dicomApplicationSchema,
  fetchPlanRequest,
  fetchPlanSchema,
  pageOf,
  pageQuery,
  uuidSchema,
} from '@jiapian/contract';
import { AppError, type Clock } from '@jiapian/kernel';
import { z } from 'zod';
import { actorOf, recordEntry } from '../audit/index.ts';
import type { App } from '../platform/app.ts';
import type { Database } from '../platform/database.ts';
import { listPageOf, pageFrom } from '../platform/list-page.ts';
import { listApplications, listPlans, saveApplication, savePlan } from './fetch.repository.ts';

const tags = ['intake'];
const managing = { permission: 'organization.manage' } as const;
const querystring = z.object(pageQuery);
const params = z.object({ deviceId: uuidSchema });

/** Where the archives and modalities are that we call, and what is fetched from them. */
export const fetchRoutes = (app: App, { database, clock }: { database: Database; clock: Clock }): void => {
  app.get(
    '/api/v1/dicom-applications',
    {
      config: { permission: 'organization.read' },
      schema: {
        tags,
        operationId: 'listDicomApplications',
        querystring,
        response: { 200: pageOf(dicomApplicationSchema) },
      },
    },
    async (request) => {
      const page = listPageOf(request.query);
      const rows = await database.withHospital(request.caller.hospitalId, (unit) => listApplications(unit, page));
      return pageFrom(
        rows,
        page,
        ({ aeTitle }) => [aeTitle, aeTitle],
        (row) => row,
      );
    },
  );

  app.put(
    '/api/v1/dicom-applications',
    {
      config: managing,
      schema: { tags, operationId: 'saveDicomApplication', body: dicomApplicationSchema, response: { 204: z.null() } },
    },
    async (request, reply) => {
      await database.withHospital(request.caller.hospitalId, async (unit) => {
        await saveApplication(unit, request.body, clock.now());
        const { aeTitle, host, port, usesTls } = request.body;
        await recordEntry(unit, actorOf(request), {
          action: 'intake.application-saved',
          subjectKind: 'dicom-application',
          subjectId: aeTitle,
          facts: { host, port, usesTls },
        });
      });
      return reply.code(204).send(null);
    },
  );

  app.get(
    '/api/v1/fetch-plans',
    {
      config: { permission: 'organization.read' },
      schema: { tags, operationId: 'listFetchPlans', querystring, response: { 200: pageOf(fetchPlanSchema) } },
    },
    async (request) => {
      const page = listPageOf(request.query);
      const rows = await database.withHospital(request.caller.hospitalId, (unit) => listPlans(unit, page));
      return pageFrom(
        rows,
        page,
        ({ deviceName, deviceId }) => [deviceName, deviceId],
        (row) => row,
      );
    },
  );

  app.put(
    '/api/v1/fetch-plans/:deviceId',
    {
      config: managing,
      schema: { tags, operationId: 'saveFetchPlan', params, body: fetchPlanRequest, response: { 204: z.null() } },
    },
    async (request, reply) => {
      const { deviceId } = request.params;
      await database.withHospital(request.caller.hospitalId, async (unit) => {
        if (!(await savePlan(unit, deviceId, request.body, clock.now())))
          throw new AppError('ORGANIZATION_STALE_VERSION', { version: request.body.version ?? 0 });
        const { kind, isEnabled, fromHour, toHour, examsPerHour, samplePercent } = request.body;
        await recordEntry(unit, actorOf(request), {
          action: 'intake.fetch-plan-saved',
          subjectKind: 'device',
          subjectId: deviceId,
          facts: { kind, isEnabled, fromHour, toHour, examsPerHour, samplePercent },
        });
      });
      return reply.code(204).send(null);
    },
  );
};
