import {
  forwardQuery,
  forwardRowSchema,
  gateQuery,
  gateRowSchema,
  pageOf,
  releaseNowRequest,
  releaseOverviewSchema,
  uuidSchema,
} from '@jiapian/contract';
import type { Clock, Grade } from '@jiapian/kernel';
import { z } from 'zod';
import { actorOf } from '../audit/index.ts';
import { blindViewerOf, findExamsWithHiddenGrade } from '../exams/index.ts';
import type { Database } from '../platform/database.ts';
import type { App } from '../platform/http.ts';
import { listPageOf, pageFrom } from '../platform/list-page.ts';
import type { LiveEvents } from '../platform/live-events.ts';
import { retryForwards } from './retry-forwards.ts';
import { findForwardRows } from './forward-rows.repository.ts';
import { findGateRows } from './gate-rows.repository.ts';
import { readOverview } from './read-overview.ts';
import { releaseExam } from './release-exam.ts';

const tags = ['release'];
const reading = { permission: 'release.read' } as const;

export const releaseRoutes = (app: App, database: Database, clock: Clock, live: LiveEvents): void => {
  app.get(
    '/api/v1/release/overview',
    {
      config: reading,
      schema: { tags, operationId: 'getReleaseOverview', response: { 200: releaseOverviewSchema } },
    },
    async (request) => database.withHospital(request.caller.hospitalId, (unit) => readOverview(unit, clock.now())),
  );

  app.get(
    '/api/v1/release/gate',
    {
      config: reading,
      schema: { tags, operationId: 'listGate', querystring: gateQuery, response: { 200: pageOf(gateRowSchema) } },
    },
    async (request) => {
      const page = listPageOf(request.query);
      const { rows, hidden } = await database.withHospital(request.caller.hospitalId, async (unit) => {
        const found = await findGateRows(unit, page);
        const examIds = found.map((row) => row.exam_id);
        return {
          rows: found,
          hidden: await findExamsWithHiddenGrade(unit, blindViewerOf(request.caller, clock), examIds),
        };
      });
      return pageFrom(
        rows,
        page,
        (row) => [row.list_key, row.exam_id],
        (row) => asGateRow(row, hidden),
      );
    },
  );

  app.post(
    '/api/v1/release/exams/:examId/release',
    {
      config: { permission: 'release.decide' },
      schema: {
        tags,
        operationId: 'releaseExam',
        params: z.object({ examId: uuidSchema }),
        body: releaseNowRequest,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const { examId } = request.params;
      await database.withHospital(request.caller.hospitalId, async (unit) => {
        await releaseExam(unit, clock, actorOf(request), examId, request.body.reason);
        await live.publishWith(unit, 'gate.changed', { examId });
      });
      return reply.code(204).send(null);
    },
  );

  app.get(
    '/api/v1/release/forwards',
    {
      config: reading,
      schema: {
        tags,
        operationId: 'listForwards',
        querystring: forwardQuery,
        response: { 200: pageOf(forwardRowSchema) },
      },
    },
    async (request) => {
      const page = listPageOf(request.query);
      const { state } = request.query;
      const rows = await database.withHospital(request.caller.hospitalId, (unit) => findForwardRows(unit, state, page));
      return pageFrom(rows, page, (row) => [row.list_key, `${row.exam_id} ${row.destination_id}`], asForwardRow);
    },
  );

  app.post(
    '/api/v1/release/forwards/retry',
    {
      config: { permission: 'release.operate' },
      schema: {
        tags,
        operationId: 'retryForwards',
        body: z.object({ destinationId: uuidSchema.optional(), examId: uuidSchema.optional() }),
        response: { 200: z.object({ queued: z.number().int() }) },
      },
    },
    async (request) =>
      database.withHospital(request.caller.hospitalId, async (unit) => {
        const queued = await retryForwards(unit, clock, actorOf(request), request.body);
        await live.publishWith(unit, 'forwards.changed');
        return { queued };
      }),
  );
};

const asGateRow = (row: Awaited<ReturnType<typeof findGateRows>>[number], hasHiddenGrade: ReadonlySet<string>) => ({
  examId: row.exam_id,
  filmId: row.film_id,
  accessionNumber: row.accession_number,
  modality: row.modality,
  description: row.description,
  positionCodes: row.position_codes,
  deviceName: row.device_name,
  state: row.state,
  holdUntil: row.hold_until?.toISOString() ?? null,
  holdMode: row.hold_mode,
  ruleName: row.rule_name,
  escalatedAt: row.escalated_at?.toISOString() ?? null,
  escalatedToName: row.escalated_to_name,
  filmCount: row.film_count ?? 0,
  gradedCount: row.graded_count ?? 0,
  worstGrade: hasHiddenGrade.has(row.exam_id) ? null : (row.worst_grade as Grade | null),
});

const asForwardRow = (row: Awaited<ReturnType<typeof findForwardRows>>[number]) => ({
  examId: row.exam_id,
  destinationId: row.destination_id,
  destinationName: row.destination_name,
  accessionNumber: row.accession_number,
  modality: row.modality,
  description: row.description,
  positionCodes: row.position_codes,
  sent: row.sent,
  total: row.total,
  state: row.state,
  attempts: row.attempts,
  nextAttemptAt: row.next_attempt_at?.toISOString() ?? null,
  answerCode: row.answer_code,
  answerText: row.answer_text,
});
