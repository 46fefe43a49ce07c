import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import rateLimit from '@fastify/rate-limit';
import swagger from '@fastify/swagger';
import { AppError } from '@jiapian/kernel';
import fastify, { type FastifyInstance } from 'fastify';
import {
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { App } from './app.ts';
import type { Authenticate } from './caller.ts';
import { healthRoutes, type Readiness } from './health.ts';
import type { LiveEvents } from './live-events.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import { problemOf, problemType } from './problem.ts';
import { guardRoutes } from './route-access.ts';

export type { Authenticate, Caller } from './caller.ts';

export type { App } from './app.ts';

export interface HttpOptions {
  authenticate: Authenticate;
  readiness: Readiness;
  metrics: Metrics;
  liveEvents: LiveEvents;
  log: Log;
  version: string;
}

/** JSON bodies are forms; files come as streams with their own limits. */
const bodyLimitBytes = 1024 * 1024;
const requestTimeoutMs = 0;
const headersTimeoutMs = 30_000;
const durationBounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** The HTTP frame: every route after this is guarded, documented, and answers failures as problem details. */
export const createHttp = async (options: HttpOptions): Promise<App> => {
  const { log, metrics, liveEvents } = options;
  const app: App = fastify({
    logger: false,
    bodyLimit: bodyLimitBytes,
    requestTimeout: requestTimeoutMs,
    http: { headersTimeout: headersTimeoutMs },
    genReqId: () => randomUUID(),
    forceCloseConnections: 'idle',
    // A proxy for TLS runs on this machine; a header from anywhere else is an unproven claim.
    trustProxy: 'loopback',
    return503OnClosing: false,
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  answerFailures(app, log);
  acceptStreams(app);
  await app.register(helmet, securityHeaders);
  await app.register(cookie);
  await app.register(rateLimit, { global: false });
  await app.register(multipart, { limits: { files: 1, fields: 20, fieldSize: 16 * 1024 } });
  await app.register(swagger, {
    openapi: { openapi: '3.1.0', info: { title: 'Jiapian', version: options.version } },
    transform: jsonSchemaTransform,
  });
  guardRoutes(app as unknown as FastifyInstance, options.authenticate);
  measure(app, metrics);
  app.addHook('preClose', async () => liveEvents.close());
  healthRoutes(app, options.readiness, metrics);
  documentRoutes(app, liveEvents);
  return app;
};

const answerFailures = (app: App, log: Log): void => {
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
  app.setErrorHandler((error, request, reply) => {
    const problem = problemOf(error, request.id);
    if (problem.status >= 500)
      log.error(
        'request.failed',
        { requestId: request.id, method: request.method, route: request.routeOptions.url, code: problem.code },
        error,
      );
    if (reply.raw.headersSent) return reply.raw.destroy();
    return reply.code(problem.status).type(problemType).serializer(JSON.stringify).send(problem);
  });
  app.setNotFoundHandler((request, reply) => {
    const problem = problemOf(new AppError('ROUTE_NOT_FOUND', { method: request.method }), request.id);
    return reply.code(404).type(problemType).serializer(JSON.stringify).send(problem);
  });
};

/** DICOM and files are handed on as they arrive, never collected in memory. */
const acceptStreams = (app: App): void => {
  for (const type of [/^multipart\/related/, /^application\/(dicom|octet-stream|zip)(;|$)/])
    app.addContentTypeParser(type, (_request, payload, done) => done(null, payload));
};

/** The page needs no foreign origin; antd writes style elements, the viewer draws from blobs and in workers. */
const securityHeaders = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"],
      scriptSrc: ["'self'", "'wasm-unsafe-eval'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:', 'blob:'],
      fontSrc: ["'self'", 'data:'],
      connectSrc: ["'self'"],
      workerSrc: ["'self'", 'blob:'],
      objectSrc: ["'none'"],
      baseUri: ["'self'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
  },
  // Inside a hospital the page is often plain HTTP; whoever adds TLS in front adds this header there.
  strictTransportSecurity: false,
};

const measure = (app: App, metrics: Metrics): void => {
  const durations = metrics.histogram(
    'jiapian_http_request_seconds',
    'Time to answer, by route and status.',
    durationBounds,
  );
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown';
    durations.observe(reply.elapsedTime / 1000, { method: request.method, route, status: String(reply.statusCode) });
  });
};

const documentRoutes = (app: App, liveEvents: LiveEvents): void => {
  app.get(
    '/api/v1/openapi.json',
    {
      config: { permission: 'public' },
      schema: { tags: ['api'], operationId: 'readApiDescription', response: { 200: z.looseObject({}) } },
    },
    async () => ({ ...app.swagger() }),
  );
  app.get(
    '/api/v1/events',
    {
      config: { permission: 'signed-in' },
      schema: {
        tags: ['api'],
        operationId: 'streamEvents',
        produces: ['text/event-stream'],
        response: { 200: z.string() },
      },
    },
    async (request, reply) => {
      const { hospitalId } = request.caller;
      reply.hijack();
      liveEvents.attach(hospitalId, reply.raw);
    },
  );
};
