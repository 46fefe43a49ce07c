import {
  closeRepeatOrderRequest,
  pageOf,
  pageQuery,
  repeatCandidateSchema,
  repeatOrderQuery,
  repeatOrderSchema,
  uuidSchema,
} from '@jiapian/contract';
import { AppError, type Clock } from '@jiapian/kernel';
import { repeatDueMinutes, repeatMatch } from '@jiapian/rules';
import { z } from 'zod';
import { actorOf } from '../audit/index.ts';
import type { Database, UnitOfWork } from '../platform/database.ts';
import type { App } from '../platform/http.ts';
import { listPageOf, pageFrom } from '../platform/list-page.ts';
import { closeRepeatOrder } from './close-repeat-order.ts';
import { linkRepeatByHand, repeatFilmOf, unlinkRepeat } from './link-repeats.ts';
import { findRepeatCandidates, findRepeatFilm, lockRepeatOrder } from './repeat-links.repository.ts';
import { findRepeatOrders } from './repeat-order.repository.ts';

const tags = ['release'];
const params = z.object({ repeatOrderId: uuidSchema });

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

  app.get(
    '/api/v1/repeat-orders/:repeatOrderId/candidates',
    {
      config: { permission: 'release.read' },
      schema: {
        tags,
        operationId: 'listRepeatCandidates',
        params,
        querystring: z.object(pageQuery),
        response: { 200: pageOf(repeatCandidateSchema) },
      },
    },
    async (request) =>
      database.withHospital(request.caller.hospitalId, async (unit) => ({
        items: await listCandidates(unit, request.params.repeatOrderId, request.query.limit),
        nextCursor: null,
        total: null,
      })),
  );

  app.post(
    '/api/v1/repeat-orders/:repeatOrderId/link',
    {
      config: { permission: 'review.grade' },
      schema: {
        tags,
        operationId: 'linkRepeat',
        params,
        body: z.object({ filmId: uuidSchema }),
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await database.withHospital(request.caller.hospitalId, (unit) =>
        linkRepeatByHand(unit, clock, actorOf(request), request.params.repeatOrderId, request.body.filmId),
      );
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/api/v1/repeat-orders/:repeatOrderId/unlink',
    {
      config: { permission: 'review.grade' },
      schema: { tags, operationId: 'unlinkRepeat', params, response: { 204: z.null() } },
    },
    async (request, reply) => {
      await database.withHospital(request.caller.hospitalId, (unit) =>
        unlinkRepeat(unit, clock, actorOf(request), request.params.repeatOrderId),
      );
      return reply.code(204).send(null);
    },
  );
};

const listCandidates = async (unit: UnitOfWork, repeatOrderId: string, limit: number) => {
  const order = await lockRepeatOrder(unit, repeatOrderId);
  const rejected = order && (await findRepeatFilm(unit, order.film_id));
  if (!rejected) throw new AppError('RELEASE_REPEAT_NOT_FOUND');
  const rows = await findRepeatCandidates(unit, rejected, limit);
  return rows.map((row) => ({
    filmId: row.film_id,
    examId: row.exam_id,
    accessionNumber: row.accession_number,
    positionCode: row.position_code,
    takenAt: row.taken_at.toISOString(),
    match: repeatMatch(repeatFilmOf(rejected), repeatFilmOf(row)),
  }));
};

const MINUTE_MS = 60_000;
const dueOf = (openedAt: Date): Date => new Date(openedAt.getTime() + repeatDueMinutes * MINUTE_MS);

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
  dueAt: dueOf(row.opened_at).toISOString(),
  replacementFilmId: row.replacement_film_id,
  replacementExamId: row.replacement_exam_id,
  replacementGrade: row.replacement_grade,
  linkSource: row.link_source,
  cancelReason: row.cancel_reason,
  closedAt: row.closed_at?.toISOString() ?? null,
  closeNote: row.close_note,
});
