import { AppError } from '@jiapian/kernel';
import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify';
import { requireCaller, type Authenticate, type Caller } from './caller.ts';

/** Deny by default: no route without a declared permission, no request without it granted. */
export const guardRoutes = (app: FastifyInstance, authenticate: Authenticate): void => {
  app.decorateRequest('identified', null);
  app.decorateRequest('caller', {
    getter(this: FastifyRequest): Caller {
      return requireCaller(this);
    },
  });
  app.addHook('onRoute', refuseUndeclared);
  app.addHook('onRequest', async (request) => {
    if (request.is404) return;
    refuseCrossOrigin(request);
    const access = request.routeOptions.config.permission;
    if (access === 'public') return;
    request.identified = await authenticate(request);
    const caller = requireCaller(request);
    if (access === 'signed-in') return;
    if (access === undefined || !caller.permissions.has(access))
      throw new AppError('ACCESS_PERMISSION_MISSING', { permission: access ?? 'none' });
  });
};

/** An undocumented or unprotected route is a programming error and stops the start. */
const refuseUndeclared = (route: RouteOptions): void => {
  const missing: string[] = [];
  if (route.config?.permission === undefined) missing.push('config.permission');
  if (!route.schema?.hide) {
    if (!route.schema?.tags?.length) missing.push('schema.tags');
    if (!route.schema?.operationId) missing.push('schema.operationId');
    if (!route.schema?.response) missing.push('schema.response');
  }
  if (missing.length > 0)
    throw new AppError('SERVER_DEFECT', { reason: 'undeclared route', method: route.method, url: route.url, missing });
};

const readingMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * A page of another origin may make a browser send our cookie, never a bearer token. Browsers name the origin of
 * every changing request; a client that names none is not a browser.
 */
const refuseCrossOrigin = (request: FastifyRequest): void => {
  if (readingMethods.has(request.method) || request.headers.authorization !== undefined) return;
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) {
    if (site !== 'same-origin' && site !== 'none') throw new AppError('ACCESS_CROSS_ORIGIN');
    return;
  }
  const { origin } = request.headers;
  if (origin !== undefined && hostOf(origin) !== request.host) throw new AppError('ACCESS_CROSS_ORIGIN');
};

const hostOf = (origin: string): string | null => (URL.canParse(origin) ? new URL(origin).host : null);
