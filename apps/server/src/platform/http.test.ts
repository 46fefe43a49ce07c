import type { Permission } from '@jiapian/contract';
import { AppError } from '@jiapian/kernel';
import { randomUUID } from 'node:crypto';
import { get } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startTestDatabase, type TestDatabase } from '../../../../test/testkit/src/database.ts';
import { createReadiness, type Readiness } from './health.ts';
import { createHttp, type App, type Caller } from './http.ts';
import { createLiveEvents, type LiveEvents } from './live-events.ts';
import { silentLog } from './log.ts';
import { createMetrics } from './metrics.ts';

let test: TestDatabase;
let app: App;
let readiness: Readiness;
let liveEvents: LiveEvents;

const callerWith = (permissions: Permission[]): Caller => ({
  accountId: randomUUID(),
  hospitalId: test.hospitalId,
  username: '1001',
  name: 'Reader',
  staffId: null,
  roles: ['reviewer'],
  permissions: new Set(permissions),
  via: 'session',
});

const declared = (permission: Permission | 'public' | 'signed-in', operationId: string) => ({
  config: { permission },
  schema: { tags: ['test'], operationId, response: { 200: z.object({ ok: z.boolean() }) } },
});

beforeAll(async () => {
  test = await startTestDatabase();
});
afterAll(() => test.stop());

beforeEach(async () => {
  readiness = createReadiness(silentLog);
  liveEvents = createLiveEvents(test.database);
  app = await createHttp({
    authenticate: async ({ headers }) =>
      headers.cookie === undefined ? null : callerWith(headers.cookie === 'reader' ? ['exams.read'] : []),
    readiness,
    metrics: createMetrics(),
    liveEvents,
    log: silentLog,
    version: '0.1.0',
  });
  app.get('/api/v1/things', declared('exams.read', 'listThings'), async () => ({ ok: true }));
  app.post('/api/v1/things', declared('exams.read', 'addThing'), async () => ({ ok: true }));
  app.get('/api/v1/me', declared('signed-in', 'readMe'), async () => ({ ok: true }));
  app.get('/api/v1/open', declared('public', 'readOpen'), async (request) => ({ ok: request.caller.name !== '' }));
  app.get('/api/v1/broken', declared('public', 'breakIt'), async () => {
    throw new Error('the password is swordfish');
  });
  app.get('/api/v1/wrong-answer', declared('public', 'answerWrongly'), async () => ({
    ok: 'swordfish' as unknown as boolean,
  }));
  app.get('/api/v1/away', declared('public', 'goAway'), async () => {
    throw new AppError('DATABASE_UNAVAILABLE', { host: 'swordfish' });
  });
  app.get('/api/v1/stale', declared('public', 'beStale'), async () => {
    throw new AppError('REVIEW_STALE_VERSION', { expected: 2, found: 3 });
  });
  app.post(
    '/api/v1/forms',
    {
      ...declared('public', 'sendForm'),
      schema: { ...declared('public', 'sendForm').schema, body: z.object({ age: z.number().max(120) }) },
    },
    async () => ({ ok: true }),
  );
  app.post(
    '/api/v1/files',
    {
      ...declared('public', 'sendFile'),
      schema: { ...declared('public', 'sendFile').schema, response: { 200: z.object({ bytes: z.number() }) } },
    },
    async (request) => {
      let bytes = 0;
      for await (const block of request.body as AsyncIterable<Buffer>) bytes += block.byteLength;
      return { bytes };
    },
  );
  await app.ready();
  return () => app.close();
});

describe('a route', () => {
  it.each([
    ['config.permission', { schema: { tags: ['x'], operationId: 'x', response: { 200: z.string() } } }],
    [
      'schema.tags',
      { config: { permission: 'public' as const }, schema: { operationId: 'x', response: { 200: z.string() } } },
    ],
    [
      'schema.operationId',
      { config: { permission: 'public' as const }, schema: { tags: ['x'], response: { 200: z.string() } } },
    ],
    ['schema.response', { config: { permission: 'public' as const }, schema: { tags: ['x'], operationId: 'x' } }],
  ])('without %s stops the start', async (missing, options) => {
    const other = await createHttp({
      authenticate: async () => null,
      readiness,
      metrics: createMetrics(),
      liveEvents,
      log: silentLog,
      version: '0.1.0',
    });
    let refusal: unknown;
    try {
      other.route({ method: 'GET', url: '/api/v1/undeclared', handler: async () => 'x', ...options } as never);
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toMatchObject({ code: 'SERVER_DEFECT', facts: { missing: [missing] } });
    await other.close();
  });

  it('is closed to a stranger', async () => {
    const answer = await app.inject({ url: '/api/v1/things' });
    expect(answer.statusCode).toBe(401);
    expect(answer.json()).toMatchObject({ code: 'ACCESS_SIGN_IN_REQUIRED', status: 401 });
  });

  it('is closed to a caller without its permission', async () => {
    const answer = await app.inject({ url: '/api/v1/things', headers: { cookie: 'someone' } });
    expect(answer.statusCode).toBe(403);
    expect(answer.json()).toMatchObject({ code: 'ACCESS_PERMISSION_MISSING', facts: { permission: 'exams.read' } });
  });

  it('is open to a caller with its permission', async () => {
    const answer = await app.inject({ url: '/api/v1/things', headers: { cookie: 'reader' } });
    expect([answer.statusCode, answer.json()]).toEqual([200, { ok: true }]);
  });

  it('for anyone signed in needs no permission, but a caller', async () => {
    expect((await app.inject({ url: '/api/v1/me', headers: { cookie: 'someone' } })).statusCode).toBe(200);
    expect((await app.inject({ url: '/api/v1/me' })).statusCode).toBe(401);
  });

  it('that is public and asks who calls answers 401', async () => {
    expect((await app.inject({ url: '/api/v1/open' })).statusCode).toBe(401);
  });
});

describe('a changing request with a cookie', () => {
  const send = (headers: Record<string, string>) =>
    app.inject({
      method: 'POST',
      url: '/api/v1/things',
      headers: { cookie: 'reader', host: 'qc.example', ...headers },
    });

  it.each([
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'http://evil.example' },
    { origin: 'null' },
  ])('from another origin is refused: %o', async (headers) => {
    const answer = await send(headers);
    expect([answer.statusCode, answer.json().code]).toEqual([403, 'ACCESS_CROSS_ORIGIN']);
  });

  it.each([
    { 'sec-fetch-site': 'same-origin' },
    { origin: 'http://qc.example' },
    { origin: 'https://qc.hospital', 'x-forwarded-host': 'qc.hospital' },
    {},
  ])('of our own page passes: %o', async (headers) => {
    expect((await send(headers as Record<string, string>)).statusCode).toBe(200);
  });
});

describe('a failure', () => {
  it('is problem details with the number of the request', async () => {
    const answer = await app.inject({ url: '/api/v1/stale' });
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.json()).toEqual({
      type: 'urn:jiapian:error:REVIEW_STALE_VERSION',
      title: 'review stale version',
      status: 409,
      code: 'REVIEW_STALE_VERSION',
      requestId: answer.headers['x-request-id'],
      facts: { expected: 2, found: 3 },
    });
  });

  it.each([
    ['/api/v1/broken', 500, 'SERVER_DEFECT'],
    ['/api/v1/wrong-answer', 500, 'SERVER_DEFECT'],
    ['/api/v1/away', 503, 'DATABASE_UNAVAILABLE'],
  ])('inside %s shows its code and nothing from inside', async (url, status, code) => {
    const answer = await app.inject({ url });
    expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
    expect(answer.body).not.toContain('swordfish');
  });

  it('of a form lists the fields as data', async () => {
    const answer = await app.inject({ method: 'POST', url: '/api/v1/forms', payload: { age: 130 } });
    expect(answer.json()).toMatchObject({ code: 'REQUEST_INVALID', status: 400, issues: [{ path: 'body/age' }] });
  });

  it('of syntax is the sender’s', async () => {
    const headers = { 'content-type': 'application/json' };
    const answer = await app.inject({ method: 'POST', url: '/api/v1/forms', headers, payload: '{' });
    expect([answer.statusCode, answer.json().code]).toEqual([400, 'REQUEST_INVALID']);
  });

  it('of size is named so', async () => {
    const headers = { 'content-type': 'application/json' };
    const answer = await app.inject({
      method: 'POST',
      url: '/api/v1/forms',
      headers,
      payload: JSON.stringify({ age: 'x'.repeat(2 ** 20) }),
    });
    expect([answer.statusCode, answer.json().code]).toEqual([413, 'REQUEST_TOO_LARGE']);
  });

  it('to find a route is named so', async () => {
    const answer = await app.inject({ url: '/api/v1/nowhere' });
    expect([answer.statusCode, answer.json().code]).toEqual([404, 'ROUTE_NOT_FOUND']);
  });
});

describe('a file', () => {
  it.each(['application/octet-stream', 'application/dicom', 'multipart/related; type="application/dicom"; boundary=x'])(
    'comes as a stream, whatever its size: %s',
    async (type) => {
      const payload = Buffer.alloc(3 * 2 ** 20);
      const answer = await app.inject({
        method: 'POST',
        url: '/api/v1/files',
        headers: { 'content-type': type },
        payload,
      });
      expect([answer.statusCode, answer.json()]).toEqual([200, { bytes: payload.byteLength }]);
    },
  );
});

describe('health', () => {
  it('is ready only while every check passes', async () => {
    readiness.add('database', () => test.database.ping());
    expect((await app.inject({ url: '/readyz' })).json()).toEqual({ status: 'ready', checks: { database: 'ready' } });
    readiness.add('storage', () => Promise.reject(new Error('full')));
    const answer = await app.inject({ url: '/readyz' });
    expect([answer.statusCode, answer.json()]).toEqual([
      503,
      { status: 'not-ready', checks: { database: 'ready', storage: 'not-ready' } },
    ]);
    expect((await app.inject({ url: '/livez' })).statusCode).toBe(200);
  });

  it('counts requests in Prometheus text', async () => {
    await app.inject({ url: '/livez' });
    const answer = await app.inject({ url: '/metrics' });
    expect(answer.headers['content-type']).toContain('text/plain');
    expect(answer.body).toContain('jiapian_http_request_seconds_count{method="GET",route="/livez",status="200"} 1');
  });
});

describe('the description', () => {
  it('is OpenAPI 3.1 and names every route', async () => {
    const document = (await app.inject({ url: '/api/v1/openapi.json' })).json();
    expect(document.openapi).toBe('3.1.0');
    expect(document.paths['/api/v1/forms'].post.operationId).toBe('sendForm');
    expect(document.paths['/api/v1/events'].get.responses['200'].content).toHaveProperty('text/event-stream');
  });
});

describe('the live stream', () => {
  it('tells the screens of the hospital and no other', async () => {
    await app.listen({ host: '127.0.0.1', port: 0 });
    const address = app.server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const text = new Promise<string>((resolve, reject) => {
      const request = get(
        { host: '127.0.0.1', port, path: '/api/v1/events', headers: { cookie: 'reader' } },
        (response) => {
          let received = '';
          response.setEncoding('utf8').on('data', (part: string) => {
            received += part;
            if (received.includes('"mark":"last"')) {
              resolve(received);
              request.destroy();
            }
          });
          void liveEvents
            .publish(test.otherHospitalId, 'films.changed', { mark: 'foreign' })
            .then(() =>
              test.database.withHospital(test.hospitalId, (unit) =>
                liveEvents.publishWith(unit, 'films.changed', { mark: 'first' }),
              ),
            )
            .then(() => liveEvents.publish(test.hospitalId, 'gate.changed', { mark: 'last' }));
        },
      );
      request.on('error', reject);
    });
    const received = await text;
    expect(received).toContain('event: films.changed\ndata: {"mark":"first"}\n\n');
    expect(received).toContain('event: gate.changed\ndata: {"mark":"last"}\n\n');
    expect(received).not.toContain('foreign');
  });
});
