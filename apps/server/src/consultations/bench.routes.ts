import {
  consultationNoteRequest,
  consultationPrintQuery,
  excuseRequest,
  filmDetailSchema,
  signatureRequest,
  taskReadingRequest,
  uuidSchema,
} from '@jiapian/contract';
import { AppError, type Clock } from '@jiapian/kernel';
import { z } from 'zod';
import { actorOf, recordEntry } from '../audit/index.ts';
import { pdfReply, renderPdf } from '../bulletins/index.ts';
import type { Database } from '../platform/database.ts';
import type { App } from '../platform/http.ts';
import type { LiveEvents } from '../platform/live-events.ts';
import { findTimeZone, readerOf, viewerOf } from '../review/index.ts';
import { currentStandard } from '../standards/index.ts';
import { excuseFromConsultation } from './close-consultation.ts';
import { consultationParams, rightsOf, tellConsultation } from './consultations.routes.ts';
import { describeConsultation } from './describe-consultation.ts';
import { describeBenchFilm, judgeFilm } from './judge-film.ts';
import { consultationDocument } from './minutes-document.ts';
import { addConsultationNote, signOutcome } from './sign-outcome.ts';

const tags = ['consultations'];
const judging = { permission: 'consultations.judge' } as const;
const chairing = { permission: 'consultations.chair' } as const;
const filmParams = consultationParams.extend({ number: z.coerce.number().int().min(1).max(20) });
const done = { 204: z.null() };

/** What those who sit do, and the minutes on paper. */
export const benchRoutes = (app: App, database: Database, clock: Clock, live: LiveEvents): void => {
  app.get(
    '/api/v1/consultations/:consultationId/films/:number',
    {
      config: judging,
      schema: { tags, operationId: 'getConsultationFilm', params: filmParams, response: { 200: filmDetailSchema } },
    },
    async (request) =>
      database.withHospital(request.caller.hospitalId, async (unit) => {
        const { consultationId, number } = request.params;
        const detail = await describeBenchFilm(unit, viewerOf(request.caller, clock), consultationId, number);
        await recordEntry(unit, actorOf(request), {
          action: 'consultations.film-opened',
          subjectKind: 'exam',
          subjectId: detail.film.examId,
          facts: { consultationId, number },
        });
        return detail;
      }),
  );

  app.post(
    '/api/v1/consultations/:consultationId/films/:number/opinion',
    {
      config: judging,
      schema: {
        ...{ tags, operationId: 'judgeConsultationFilm', params: filmParams, body: taskReadingRequest },
        response: { 201: z.object({ opinionId: uuidSchema, nextNumber: z.number().int().nullable() }) },
      },
    },
    async (request, reply) => {
      const { caller, params, body } = request;
      const saved = await database.withHospital(caller.hospitalId, async (unit) => {
        const judged = await judgeFilm(unit, clock, readerOf(caller), actorOf(request), params, body);
        await tellConsultation(live, unit);
        return judged;
      });
      return reply.code(201).send(saved);
    },
  );

  app.post(
    '/api/v1/consultations/:consultationId/notes',
    {
      config: judging,
      schema: {
        ...{ tags, operationId: 'addConsultationNote', params: consultationParams, body: consultationNoteRequest },
        response: done,
      },
    },
    async (request, reply) => {
      const { caller, params, body } = request;
      await database.withHospital(caller.hospitalId, async (unit) => {
        await addConsultationNote(unit, clock, readerOf(caller), actorOf(request), params.consultationId, body.text);
        await live.publishWith(unit, 'tasks.changed', {});
      });
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/api/v1/consultations/:consultationId/excuse',
    {
      config: chairing,
      schema: {
        ...{ tags, operationId: 'excuseConsultationJudge', params: consultationParams, body: excuseRequest },
        response: done,
      },
    },
    async (request, reply) => {
      const { caller, params, body } = request;
      await database.withHospital(caller.hospitalId, async (unit) => {
        await excuseFromConsultation(unit, clock, readerOf(caller), actorOf(request), params.consultationId, body);
        await tellConsultation(live, unit);
      });
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/api/v1/consultations/:consultationId/signature',
    {
      config: chairing,
      schema: {
        ...{ tags, operationId: 'signConsultation', params: consultationParams, body: signatureRequest },
        response: done,
      },
    },
    async (request, reply) => {
      const { caller, params, body } = request;
      await database.withHospital(caller.hospitalId, async (unit) => {
        await signOutcome(unit, clock, readerOf(caller), actorOf(request), params.consultationId, body);
        await tellConsultation(live, unit);
        await live.publishWith(unit, 'films.changed', {});
      });
      return reply.code(204).send(null);
    },
  );

  app.get(
    '/api/v1/consultations/:consultationId/minutes.pdf',
    {
      config: { permission: 'consultations.ask' },
      schema: {
        ...{ tags, operationId: 'printConsultation', params: consultationParams, querystring: consultationPrintQuery },
        response: { 200: z.unknown() },
      },
    },
    async (request, reply) => {
      const { consultationId } = request.params;
      const { locale } = request.query;
      const document = await database.withHospital(request.caller.hospitalId, async (unit) => {
        const viewer = viewerOf(request.caller, clock);
        const held = await describeConsultation(unit, viewer, rightsOf(request.caller), consultationId);
        if (held.state !== 'signed')
          throw new AppError('CONSULTATION_ILLEGAL', { state: held.state, event: 'printed' });
        const fact = { action: 'consultations.printed', subjectKind: 'consultation', subjectId: consultationId };
        await recordEntry(unit, actorOf(request), fact);
        return consultationDocument(held, {
          ...{ locale, timeZone: await findTimeZone(unit), madeAt: viewer.now },
          standard: await currentStandard(unit, viewer.now),
        });
      });
      return pdfReply(reply, `consultation-${consultationId}`, await renderPdf(document));
    },
  );
};
