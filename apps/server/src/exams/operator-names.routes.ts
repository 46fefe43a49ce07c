import { mapOperatorRequest, operatorNameSchema, pageOf, pageQuery } from '@jiapian/contract';
import { DAY_MS, type Clock } from '@jiapian/kernel';
import { z } from 'zod';
import { actorOf, recordEntry } from '../audit/index.ts';
import type { App } from '../platform/app.ts';
import type { Database } from '../platform/database.ts';
import { listPageOf, pageFrom } from '../platform/list-page.ts';
import { findOperatorNames } from './operator-names.repository.ts';
import { applyOperatorAlias } from './operator-aliases.ts';

const tags = ['exams'];
/** How far back operator names are gathered, days. */
const NAMES_DAYS = 90;

export const operatorNameRoutes = (app: App, database: Database, clock: Clock): void => {
  app.get(
    '/api/v1/operator-names',
    {
      config: { permission: 'organization.read' },
      schema: {
        tags,
        operationId: 'listOperatorNames',
        querystring: z.object(pageQuery),
        response: { 200: pageOf(operatorNameSchema) },
      },
    },
    async (request) => {
      const page = listPageOf(request.query);
      const since = new Date(clock.now().getTime() - NAMES_DAYS * DAY_MS);
      const rows = await database.withHospital(request.caller.hospitalId, (unit) =>
        findOperatorNames(unit, since, page),
      );
      return pageFrom(
        rows,
        page,
        (row) => [row.operator_name, row.operator_name],
        (row) => ({ operatorName: row.operator_name, staffId: row.staff_id, examCount: row.exam_count }),
      );
    },
  );

  app.put(
    '/api/v1/operator-names',
    {
      config: { permission: 'organization.manage' },
      schema: {
        tags,
        operationId: 'mapOperatorName',
        body: mapOperatorRequest,
        response: { 200: z.object({ exams: z.number().int() }) },
      },
    },
    async (request) =>
      database.withHospital(request.caller.hospitalId, async (unit) => {
        const { operatorName, staffId } = request.body;
        const mappedBy = actorOf(request).accountId;
        const exams = await applyOperatorAlias(unit, { operatorName, staffId, mappedBy, now: clock.now() });
        await recordEntry(unit, actorOf(request), {
          action: 'exams.operator-mapped',
          subjectKind: 'staff',
          subjectId: staffId,
          facts: { exams },
        });
        return { exams };
      }),
  );
};
