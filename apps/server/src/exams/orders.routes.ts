import { orderAnswer, orderQuery, orderRequest, orderRowSchema, pageOf } from '@jiapian/contract';
import type { Clock } from '@jiapian/kernel';
import { actorOf, recordEntry } from '../audit/index.ts';
import type { App } from '../platform/app.ts';
import type { Database } from '../platform/database.ts';
import { cursorShapes, readCursor, writeCursor } from '../platform/list-page.ts';
import type { LiveEvents } from '../platform/live-events.ts';
import { applyOrder } from './apply-order.ts';
import { listOrders, type OrderCursor } from './order-rows.repository.ts';

const tags = ['orders'];

export interface OrderRouteParts {
  database: Database;
  clock: Clock;
  liveEvents: Pick<LiveEvents, 'publishWith'>;
}

export const orderRoutes = (app: App, { database, clock, liveEvents }: OrderRouteParts): void => {
  app.get(
    '/api/v1/orders',
    {
      config: { permission: 'exams.read' },
      schema: { tags, operationId: 'listOrders', querystring: orderQuery, response: { 200: pageOf(orderRowSchema) } },
    },
    async (request) => {
      const { cursor, limit, ...filter } = request.query;
      const after = cursor === undefined ? null : decodeCursor(cursor);
      return database.withHospital(request.caller.hospitalId, async (unit) => {
        const rows = await listOrders(unit, filter, { after, limit: limit + 1, now: clock.now() });
        const items = rows.slice(0, limit);
        const facts = { ...filter, rows: items.length };
        await recordEntry(unit, actorOf(request), {
          action: 'exams.list-orders',
          subjectKind: 'orders',
          subjectId: 'list',
          facts,
        });
        const shown = rows.length > limit ? items.at(-1) : undefined;
        return { items, nextCursor: shown === undefined ? null : encodeCursor(cursorOf(shown)), total: null };
      });
    },
  );

  app.post(
    '/api/v1/orders',
    {
      config: { permission: 'exams.order' },
      schema: { tags, operationId: 'enterOrder', body: orderRequest, response: { 200: orderAnswer } },
    },
    async (request) =>
      database.withHospital(request.caller.hospitalId, async (unit) => {
        const now = clock.now();
        const applied = await applyOrder(unit, request.body, { source: 'api', toldAt: now, now });
        await recordEntry(unit, actorOf(request), {
          action: `exams.order-${applied.outcome}`,
          subjectKind: 'order',
          subjectId: applied.orderId,
        });
        await liveEvents.publishWith(unit, 'orders.changed');
        return applied;
      }),
  );
};

const cursorOf = (row: { scheduledAt: string | null; receivedAt: string; orderId: string }): OrderCursor => ({
  at: row.scheduledAt ?? row.receivedAt,
  orderId: row.orderId,
});
const encodeCursor = ({ at, orderId }: OrderCursor): string => writeCursor([at, orderId]);

const decodeCursor = (cursor: string): OrderCursor => {
  const [at = '', orderId = ''] = readCursor(cursor, cursorShapes.moment, cursorShapes.uuid);
  return { at, orderId };
};
