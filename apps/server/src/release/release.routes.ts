import {
  closeRepeatOrderRequest,
  forwardQuery,
  forwardRowSchema,
  gateQuery,
  gateRowSchema,
  pageOf,
  releaseNowRequest,
  releaseOverviewSchema,
  repeatOrderSchema,
  uuidSchema,
} from '@jiapian/contract';
import type { Clock, Grade } from '@jiapian/kernel';
import { z } from 'zod';
import { actorOf, recordEntry } from '../audit/index.ts';
import type { Database } from '../platform/database.ts';
import type { App } from '../platform/http.ts';
import type { LiveEvents } from '../platform/live-events.ts';
import { findForwardRows, retryForwards } from './forward.repository.ts';
import { findGateRows } from './gate.repository.ts';
import { readOverview } from './overview.ts';
import { releaseExam } from './release-exam.ts';
import { closeRepeatOrder, findRepeatOrders } from './repeat-orders.ts';

const tags = ['release'];
const reading = { permission: 'release.read' } as const;
const REPEAT_ORDERS_SHOWN = 200;

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
      const { limit } = request.query;
      const offset = offsetOf(request.query.cursor);
      const rows = await database.withHospital(request.caller.hospitalId, (unit) =>
        findGateRows(unit, offset, limit + 1),
      );
      const items = rows.slice(0, limit).map((row) => ({
        examId: row.exam_id,
        filmId: row.film_id,
        accessionNumber: row.accession_number,
        modality: row.modality,
        description: row.description,
        positionCodes: row.position_codes,
        deviceName: row.device_name,
        state: row.state,
        holdUntil: row.hold_until?.toISOString() ?? null,
        filmCount: row.film_count ?? 0,
        gradedCount: row.graded_count ?? 0,
        worstGrade: row.worst_grade as Grade | null,
      }));
      return { items, nextCursor: rows.length > limit ? String(offset + limit) : null, total: null };
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
      const { limit, state } = request.query;
      const offset = offsetOf(request.query.cursor);
      const rows = await database.withHospital(request.caller.hospitalId, (unit) =>
        findForwardRows(unit, state, offset, limit + 1),
      );
      const items = rows.slice(0, limit).map((row) => ({
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
      }));
      return { items, nextCursor: rows.length > limit ? String(offset + limit) : null, total: null };
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
        const queued = await retryForwards(unit, request.body, clock.now());
        await recordEntry(unit, actorOf(request), {
          action: 'release.forwards-retried',
          subjectKind: 'forward',
          subjectId: request.body.examId ?? request.body.destinationId ?? 'all',
          facts: { queued },
        });
        await live.publishWith(unit, 'forwards.changed');
        return { queued };
      }),
  );

  app.get(
    '/api/v1/repeat-orders',
    {
      config: reading,
      schema: { tags, operationId: 'listRepeatOrders', response: { 200: z.array(repeatOrderSchema) } },
    },
    async (request) => {
      const rows = await database.withHospital(request.caller.hospitalId, (unit) =>
        findRepeatOrders(unit, REPEAT_ORDERS_SHOWN),
      );
      return rows.map((row) => ({
        repeatOrderId: row.repeat_order_id,
        filmId: row.film_id,
        examId: row.exam_id,
        accessionNumber: row.accession_number,
        positionCode: row.position_code,
        deviceName: row.device_name,
        reasonCode: row.reason_code,
        state: row.state as 'open' | 'done' | 'cancelled',
        openedAt: row.opened_at.toISOString(),
        closedAt: row.closed_at?.toISOString() ?? null,
        closeNote: row.close_note,
      }));
    },
  );

  app.post(
    '/api/v1/repeat-orders/:repeatOrderId/close',
    {
      config: { permission: 'review.grade' },
      schema: {
        tags,
        operationId: 'closeRepeatOrder',
        params: z.object({ repeatOrderId: uuidSchema }),
        body: closeRepeatOrderRequest,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await database.withHospital(request.caller.hospitalId, (unit) =>
        closeRepeatOrder(unit, clock, actorOf(request), request.params.repeatOrderId, request.body),
      );
      return reply.code(204).send(null);
    },
  );
};

/** These lists are short by nature (what has not left yet), so a page begins at a count. */
const offsetOf = (cursor: string | undefined): number => {
  const offset = Number(cursor ?? 0);
  return Number.isSafeInteger(offset) && offset >= 0 ? offset : 0;
};
