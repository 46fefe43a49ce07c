import { mapOperatorRequest, operatorNameSchema } from '@jiapian/contract';
import type { Clock } from '@jiapian/kernel';
import { z } from 'zod';
import { actorOf, recordEntry } from '../audit/index.ts';
import type { App } from '../platform/app.ts';
import type { Database, UnitOfWork } from '../platform/database.ts';
import { applyOperatorAlias } from './operator-aliases.ts';

const tags = ['exams'];
/** Names that need a person come first; a department has tens of operators. */
const NAMES_SHOWN = 500;
/** How far back operator names are gathered, days. */
const NAMES_DAYS = 90;

export const operatorNameRoutes = (app: App, database: Database, clock: Clock): void => {
  app.get(
    '/api/v1/operator-names',
    {
      config: { permission: 'organization.read' },
      schema: { tags, operationId: 'listOperatorNames', response: { 200: z.array(operatorNameSchema) } },
    },
    async (request) =>
      database.withHospital(request.caller.hospitalId, async (unit) => {
        const rows = await findOperatorNames(unit, new Date(clock.now().getTime() - NAMES_DAYS * 86_400_000));
        return rows.map((row) => ({
          operatorName: row.operator_name,
          staffId: row.staff_id,
          examCount: row.exam_count,
        }));
      }),
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

const findOperatorNames = (unit: UnitOfWork, since: Date) =>
  unit.db
    .selectFrom('exam')
    .leftJoin('operator_alias', (join) =>
      join
        .onRef('operator_alias.hospital_id', '=', 'exam.hospital_id')
        .onRef('operator_alias.operator_name', '=', 'exam.operator_name'),
    )
    .select(({ fn }) => ['exam.operator_name', 'operator_alias.staff_id', fn.countAll<number>().as('exam_count')])
    .where('exam.hospital_id', '=', unit.hospitalId)
    .where('exam.exam_at', '>=', since)
    .where('exam.operator_name', '<>', '')
    .groupBy(['exam.operator_name', 'operator_alias.staff_id'])
    .orderBy('operator_alias.staff_id', (order) => order.asc().nullsFirst())
    .orderBy('exam_count', 'desc')
    .limit(NAMES_SHOWN)
    .execute();
