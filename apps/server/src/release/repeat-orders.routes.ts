import { closeRepeatOrderRequest, pageOf, repeatOrderQuery, repeatOrderSchema, uuidSchema } from '@jiapian/contract';
import type { Clock } from '@jiapian/kernel';
import { z } from 'zod';
import { actorOf } from '../audit/index.ts';
import type { Database } from '../platform/database.ts';
import type { App } from '../platform/http.ts';
import { listPageOf, pageFrom } from '../platform/list-page.ts';
import { closeRepeatOrder } from './close-repeat-order.ts';
import { findRepeatOrders } from './repeat-order.repository.ts';

const tags = ['release'];

export const repeatOrderRoutes = (app: App, database: Database, clock: Clock): void => {
  app.get(
    '/api/v1/repeat-orders',
    {
      config: { permission: 'release.read' },
      schema: {
        tags,
        operationId: 'listRepeatOrders',
        querystring: repeatOrderQuery,
        response: { 200: pageOf(repeatOrderSchema) },
      },
    },
    async (request) => {
      const page = listPageOf(request.query);
      const { state } = request.query;
      const rows = await database.withHospital(request.caller.hospitalId, (unit) =>
        findRepeatOrders(unit, state, page),
      );
      return pageFrom(rows, page, (row) => [row.list_key, row.repeat_order_id], asRepeatOrder);
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

const asRepeatOrder = (row: Awaited<ReturnType<typeof findRepeatOrders>>[number]) => ({
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
});
