import { uidSchema } from '@jiapian/contract';
import type { Clock } from '@jiapian/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { actorOf, recordEntry } from '../audit/index.ts';
import type { App } from '../platform/app.ts';
import type { Database } from '../platform/database.ts';
import { qidoAnswerOf, type QidoLevel, type QidoRow } from './qido-attributes.ts';
import { blindViewerOf, mayReadBlind } from './blind-viewer.ts';
import { isBlindExam } from './blind-reading.repository.ts';
import { matchKeys, readQidoQuery, type QidoQuery } from './qido-query.ts';
import { findForQido } from './qido.repository.ts';

export const dicomJsonType = 'application/dicom+json';
const paths: readonly (readonly [string, QidoLevel, string])[] = [
  ['/studies', 'study', 'searchStudies'],
  ['/series', 'series', 'searchSeries'],
  ['/instances', 'instance', 'searchInstances'],
  ['/studies/:study/series', 'series', 'searchSeriesOfStudy'],
  ['/studies/:study/instances', 'instance', 'searchInstancesOfStudy'],
  ['/studies/:study/series/:series/instances', 'instance', 'searchInstancesOfSeries'],
];

/**
 * QIDO-RS (PS3.18 §10.6): search by the usual keys over what is held. An exam that the caller is to read fully blind
 * is not found until that reading is saved.
 */
export const qidoRoutes = (app: App, database: Database, clock: Clock): void => {
  for (const [path, level, operationId] of paths)
    app.get(
      `/dicomweb${path}`,
      {
        config: { permission: 'exams.read' },
        schema: {
          tags: ['dicomweb'],
          operationId,
          params: z.object({ study: uidSchema.optional(), series: uidSchema.optional() }),
          querystring: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
          response: { 200: z.unknown().describe('DICOM JSON model') },
        },
      },
      async (request, reply) => {
        const query = withinPath(readQidoQuery(request.query), request.params);
        const rows = await database.withHospital(request.caller.hospitalId, async (unit) => {
          const viewer = blindViewerOf(request.caller, clock);
          const hidden = mayReadBlind(viewer) ? isBlindExam(viewer) : null;
          // One more than asked for tells whether there is more.
          const found = await findForQido(unit, level, { ...query, limit: query.limit + 1 }, hidden);
          const keys = Object.fromEntries(query.matches);
          await recordEntry(unit, actorOf(request), {
            action: 'exams.search',
            subjectKind: 'exams',
            subjectId: 'dicomweb',
            facts: { level, keys, rows: Math.min(found.length, query.limit) },
          });
          return found;
        });
        warn(reply, query, rows.length);
        const base = dicomwebBase(request);
        const answers = rows
          .slice(0, query.limit)
          .map((row) => qidoAnswerOf(row, level, query.included, `${base}${placeOf(row)}`));
        return reply.type(dicomJsonType).serializer(JSON.stringify).send(answers);
      },
    );
};

const withinPath = (
  query: QidoQuery,
  { study, series }: { study?: string | undefined; series?: string | undefined },
) => {
  const matches = new Map(query.matches);
  if (study !== undefined) matches.set(matchKeys.StudyInstanceUID, [study]);
  if (series !== undefined) matches.set(matchKeys.SeriesInstanceUID, [series]);
  return { ...query, matches };
};

const warn = (reply: FastifyReply, { ignored, limit }: QidoQuery, found: number): void => {
  const words = [
    ...(found > limit ? [`299 jiapian: "There are ${limit}+ additional results that can be requested"`] : []),
    ...(ignored.length > 0
      ? [`299 jiapian: "These attributes are not matched: ${ignored.map(plain).join(', ')}"`]
      : []),
  ];
  if (words.length > 0) void reply.header('warning', words);
};

const plain = (name: string): string => name.replace(/[^\w.]/g, '').slice(0, 64);

export const dicomwebBase = (request: FastifyRequest): string => `${request.protocol}://${request.host}/dicomweb`;

const placeOf = ({ studyInstanceUid, seriesInstanceUid, sopInstanceUid }: QidoRow): string =>
  [
    `/studies/${studyInstanceUid}`,
    seriesInstanceUid === null ? '' : `/series/${seriesInstanceUid}`,
    sopInstanceUid === null ? '' : `/instances/${sopInstanceUid}`,
  ].join('');
