import { Readable } from 'node:stream';
import { dicomJsonOf } from '@jiapian/dicom';
import { AppError, type Clock } from '@jiapian/kernel';
import { uidSchema } from '@jiapian/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { ObjectStore } from '../archive/index.ts';
import { actorOf } from '../audit/index.ts';
import type { App } from '../platform/app.ts';
import type { Database } from '../platform/database.ts';
import { readBulkValue } from './bulk-value.ts';
import { findInstances, type InstancePlace, type RegisteredInstance } from './find-instance.repository.ts';
import { readHeader } from './instance-header.ts';
import { dicomJsonType, dicomwebBase } from './qido.routes.ts';
import { relatedBody, type RelatedPart } from './related-body.ts';
import { part10LengthOf, part10Of } from './stored-part10.ts';
import { blindViewerOf } from './blind-viewer.ts';
import { refuseBlindReader } from './refuse-blind-reader.ts';
import { recordViewing } from './viewing-trail.ts';

const dicomType = 'application/dicom';
const tags = ['dicomweb'];
const binary = { 200: z.unknown().describe('multipart/related, or DICOM JSON model') };

export interface WadoParts {
  database: Database;
  clock: Clock;
  store: ObjectStore;
}

const studyPath = '/studies/:study';
const seriesPath = `${studyPath}/series/:series`;
const instancePath = `${seriesPath}/instances/:instance`;
const placeParams = z.object({ study: uidSchema, series: uidSchema.optional(), instance: uidSchema.optional() });

/** WADO-RS (PS3.18 §10.4): objects in the transfer syntax that they came in, their metadata and bulk values. */
export const wadoRoutes = (app: App, parts: WadoParts): void => {
  for (const [path, name] of [
    [studyPath, 'Study'],
    [seriesPath, 'Series'],
    [instancePath, 'Instance'],
  ] as const) {
    const schema = { tags, params: placeParams, response: binary };
    app.get(
      `/dicomweb${path}`,
      { config: { permission: 'archive.read' }, schema: { ...schema, operationId: `retrieve${name}` } },
      async (request, reply) => {
        const instances = await find(parts, request, request.params);
        markCorrected(reply, instances);
        const [only] = instances;
        if (name === 'Instance' && only !== undefined && wantsSinglePart(request))
          return sendFile(reply, parts.store, only);
        const { contentType, body } = relatedBody(
          dicomType,
          instances.map((one) => partOf(parts.store, one)),
        );
        return reply.type(contentType).send(body);
      },
    );
    app.get(
      `/dicomweb${path}/metadata`,
      { config: { permission: 'archive.read' }, schema: { ...schema, operationId: `retrieve${name}Metadata` } },
      async (request, reply) => {
        const instances = await find(parts, request, request.params);
        markCorrected(reply, instances);
        const body = Readable.from(metadataOf(parts.store, instances, dicomwebBase(request)), { objectMode: false });
        return reply.type(dicomJsonType).send(body);
      },
    );
  }

  app.get(
    `/dicomweb${instancePath}/bulkdata/*`,
    {
      config: { permission: 'archive.read' },
      schema: {
        tags,
        operationId: 'retrieveBulkData',
        params: placeParams.extend({ '*': z.string() }),
        response: binary,
      },
    },
    async (request, reply) => {
      const [instance] = await find(parts, request, request.params);
      const value = await readBulkValue(parts.store, instance!, request.params['*']);
      const headers = { 'Content-Type': 'application/octet-stream' };
      const { contentType, body } = relatedBody(headers['Content-Type'], [{ headers, body: [value] }]);
      return reply.type(contentType).send(body);
    },
  );

  app.get(
    '/api/v1/instances/:instance/file',
    {
      config: { permission: 'archive.read' },
      schema: {
        tags: ['archive'],
        operationId: 'readInstanceFile',
        params: z.object({ instance: uidSchema }),
        response: binary,
      },
    },
    async (request, reply) => {
      const [instance] = await find(parts, request, request.params);
      markCorrected(reply, instance === undefined ? [] : [instance]);
      return sendFile(reply, parts.store, instance!);
    },
  );
};

/** At least one, or ARCHIVE_OBJECT_NOT_FOUND. */
const find = (
  { database, clock }: WadoParts,
  request: FastifyRequest,
  place: InstancePlace,
): Promise<RegisteredInstance[]> =>
  database.withHospital(request.caller.hospitalId, async (unit) => {
    const instances = await findInstances(unit, place);
    if (instances.length === 0) throw new AppError('ARCHIVE_OBJECT_NOT_FOUND', { ...place });
    const examIds = [...new Set(instances.map((one) => one.examId))];
    await refuseBlindReader(unit, blindViewerOf(request.caller, clock), examIds);
    for (const examId of examIds) await recordViewing(unit, actorOf(request), examId, clock.now());
    return instances;
  });

/** What is retrieved is what was received, byte for byte; that the register says otherwise is told beside it. */
const markCorrected = (reply: FastifyReply, instances: readonly RegisteredInstance[]): void => {
  const corrected = instances.filter((one) => one.isCorrected).length;
  if (corrected === 0) return;
  const words = `${corrected} of ${instances.length} objects are corrected; these are the original data sets as received`;
  void reply.header('warning', `299 jiapian: "${words}"`);
};

const wantsSinglePart = ({ headers }: FastifyRequest): boolean => {
  const accept = headers.accept ?? '';
  return accept.includes(dicomType) && !accept.includes('multipart/related');
};

const sendFile = (reply: FastifyReply, store: ObjectStore, instance: RegisteredInstance): FastifyReply =>
  reply
    .type(dicomType)
    .header('content-length', part10LengthOf(instance))
    .header('content-disposition', `attachment; filename="${instance.sopInstanceUid}.dcm"`)
    .header('etag', `"${instance.sha256}"`)
    .send(part10Of(store, instance));

const partOf = (store: ObjectStore, instance: RegisteredInstance): RelatedPart => ({
  headers: { 'Content-Type': `${dicomType}; transfer-syntax=${instance.transferSyntaxUid}` },
  body: part10Of(store, instance),
});

async function* metadataOf(
  store: ObjectStore,
  instances: readonly RegisteredInstance[],
  base: string,
): AsyncGenerator<string> {
  for (const [index, instance] of instances.entries()) {
    const { studyInstanceUid, seriesInstanceUid, sopInstanceUid } = instance;
    const place = `${base}/studies/${studyInstanceUid}/series/${seriesInstanceUid}/instances/${sopInstanceUid}`;
    const json = dicomJsonOf(await readHeader(store, instance), { bulkDataUri: (path) => `${place}/bulkdata/${path}` });
    yield `${index === 0 ? '[' : ',\n'}${JSON.stringify(json)}`;
  }
  yield ']';
}
