import {
  pageOf,
  rejectionActRequest,
  rejectionDetailSchema,
  rejectionPreviewSchema,
  rejectionQuery,
  rejectionSchema,
  uuidSchema,
} from '@jiapian/contract';
import { AppError, type Clock } from '@jiapian/kernel';
import { z } from 'zod';
import { actorOf, recordEntry } from '../audit/index.ts';
import type { Database } from '../platform/database.ts';
import type { App } from '../platform/http.ts';
import { listPageOf, pageFrom } from '../platform/list-page.ts';
import type { LiveEvents } from '../platform/live-events.ts';
import { actOnRejection } from './act-on-rejection.ts';
import { findNotedInstances } from './note-source.repository.ts';
import { previewRejection } from './preview-rejection.ts';
import { findCorrectionTold, findRejection, findRejections, type RejectionRow } from './rejection-rows.repository.ts';

const tags = ['release'];
const reading = { permission: 'release.read' } as const;

export const rejectionRoutes = (app: App, database: Database, clock: Clock, live: LiveEvents): void => {
  app.get(
    '/api/v1/release/rejections',
    {
      config: reading,
      schema: {
        tags,
        operationId: 'listRejections',
        querystring: rejectionQuery,
        response: { 200: pageOf(rejectionSchema) },
      },
    },
    async (request) => {
      const page = listPageOf(request.query);
      const { list, examId } = request.query;
      const rows = await database.withHospital(request.caller.hospitalId, (unit) =>
        findRejections(unit, { list, examId }, page),
      );
      return pageFrom(rows, page, (row) => [row.list_key, row.rejection_id], asRejection);
    },
  );

  app.get(
    '/api/v1/release/rejections/:rejectionId',
    {
      config: reading,
      schema: {
        tags,
        operationId: 'getRejection',
        params: z.object({ rejectionId: uuidSchema }),
        response: { 200: rejectionDetailSchema },
      },
    },
    async (request) =>
      database.withHospital(request.caller.hospitalId, async (unit) => {
        const row = await findRejection(unit, request.params.rejectionId);
        if (!row) throw new AppError('RELEASE_REJECTION_NOT_FOUND');
        const instances = await findNotedInstances(unit, row.instance_uids, row.copy_id);
        await recordEntry(unit, actorOf(request), {
          action: 'release.rejection-read',
          subjectKind: 'exam',
          subjectId: row.exam_id,
        });
        return {
          ...asRejection(row),
          studyInstanceUid: row.study_instance_uid,
          patientName: row.patient_name,
          patientId: row.dicom_patient_id,
          aeTitle: row.ae_title,
          noteSopInstanceUid: row.sop_instance_uid,
          correction: isOfCorrection(row.title) ? await findCorrectionTold(unit, row.exam_id, row.made_at) : null,
          instances: instances.map((instance) => ({
            sopInstanceUid: instance.sop_instance_uid,
            seriesInstanceUid: instance.series_instance_uid,
            seriesDescription: instance.series_description ?? '',
            instanceNumber: instance.instance_number,
          })),
        };
      }),
  );

  app.post(
    '/api/v1/release/rejections/:rejectionId/act',
    {
      config: { permission: 'release.operate' },
      schema: {
        tags,
        operationId: 'actOnRejection',
        params: z.object({ rejectionId: uuidSchema }),
        body: rejectionActRequest,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await database.withHospital(request.caller.hospitalId, async (unit) => {
        await actOnRejection(unit, clock, actorOf(request), request.params.rejectionId, request.body);
        await live.publishWith(unit, 'forwards.changed');
      });
      return reply.code(204).send(null);
    },
  );

  app.get(
    '/api/v1/release/films/:filmId/rejection-preview',
    {
      config: reading,
      schema: {
        tags,
        operationId: 'previewRejection',
        params: z.object({ filmId: uuidSchema }),
        response: { 200: rejectionPreviewSchema },
      },
    },
    async (request) =>
      database.withHospital(request.caller.hospitalId, (unit) => previewRejection(unit, request.params.filmId)),
  );
};

/** Titles under which corrections are told. */
const isOfCorrection = (title: string): boolean => title === 'worklist' || title === 'safety';

const asRejection = (row: Omit<RejectionRow, 'list_key'>) => ({
  rejectionId: row.rejection_id,
  examId: row.exam_id,
  accessionNumber: row.accession_number,
  modality: row.modality,
  description: row.description,
  destinationId: row.destination_id,
  destinationName: row.destination_name,
  title: row.title,
  reasonCode: row.reason_code,
  state: row.state,
  objects: row.objects,
  stillVisible: row.still_visible,
  attempts: row.attempts,
  nextAttemptAt: row.state === 'failed' ? row.next_attempt_at.toISOString() : null,
  answerCode: row.answer_code,
  answerText: row.answer_text,
  madeAt: row.made_at.toISOString(),
  sentAt: row.sent_at?.toISOString() ?? null,
  closedAt: row.closed_at?.toISOString() ?? null,
  closeNote: row.close_note,
});
