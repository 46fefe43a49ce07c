import {
  compareStandardsQuery,
  pageOf,
  pageQuery,
  reviewStandardSchema,
  standardComparisonSchema,
  standardVersionSchema,
  type StandardContent,
} from '@jiapian/contract';
import { AppError, type Clock } from '@jiapian/kernel';
import { standardChanges, type ReviewStandard } from '@jiapian/rules';
import { z } from 'zod';
import type { Database, UnitOfWork } from '../platform/database.ts';
import type { App } from '../platform/http.ts';
import { listPageOf, pageFrom } from '../platform/list-page.ts';
import { currentStandard } from './current-standard.ts';
import { findVersion, listVersions } from './standards.repository.ts';

const tags = ['standards'];
const config = { permission: 'standards.read' } as const;

export const standardRoutes = (app: App, database: Database, clock: Clock): void => {
  app.get(
    '/api/v1/standards/current',
    { config, schema: { tags, operationId: 'getCurrentStandard', response: { 200: reviewStandardSchema } } },
    async (request) =>
      database.withHospital(request.caller.hospitalId, async (unit) =>
        asContent(await currentStandard(unit, clock.now())),
      ),
  );

  app.get(
    '/api/v1/standards',
    {
      config,
      schema: {
        tags,
        operationId: 'listStandardVersions',
        querystring: z.object(pageQuery),
        response: { 200: pageOf(standardVersionSchema) },
      },
    },
    async (request) => {
      const page = listPageOf(request.query);
      return database.withHospital(request.caller.hospitalId, async (unit) => {
        const current = await currentStandard(unit, clock.now());
        const rows = await listVersions(unit, page);
        return pageFrom(
          rows,
          page,
          (row) => ['', String(row.version)],
          (row) => ({
            version: row.version,
            name: (row.content as unknown as ReviewStandard).name,
            effectiveFrom: row.effective_from.toISOString(),
            publishedAt: row.published_at.toISOString(),
            publishedByName: row.display_name,
            note: row.note,
            isCurrent: row.version === current.version,
          }),
        );
      });
    },
  );

  app.get(
    '/api/v1/standards/comparison',
    {
      config,
      schema: {
        tags,
        operationId: 'compareStandards',
        querystring: compareStandardsQuery,
        response: { 200: standardComparisonSchema },
      },
    },
    async (request) =>
      database.withHospital(request.caller.hospitalId, async (unit) => {
        const one = await versionOf(unit, request.query.one);
        const other = await versionOf(unit, request.query.other);
        return { changes: standardChanges(one, other) };
      }),
  );

  app.get(
    '/api/v1/standards/:version',
    {
      config,
      schema: {
        tags,
        operationId: 'getStandardVersion',
        params: z.object({ version: z.coerce.number().int().min(1) }),
        response: { 200: reviewStandardSchema },
      },
    },
    async (request) =>
      database.withHospital(request.caller.hospitalId, async (unit) =>
        asContent(await versionOf(unit, request.params.version)),
      ),
  );
};

const versionOf = async (unit: UnitOfWork, version: number): Promise<ReviewStandard> => {
  const found = await findVersion(unit, version);
  if (!found) throw new AppError('STANDARDS_VERSION_NOT_FOUND', { version });
  return found;
};

/** The rules' type is read-only all through, the wire's is not. */
const asContent = (standard: ReviewStandard): StandardContent => standard as unknown as StandardContent;
