import { afterAll, beforeAll, expect, it } from 'vitest';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeRooms } from './compose.ts';
import { createHttp, type App } from './platform/http.ts';
import { silentLog } from './platform/log.ts';
import { openPlatform, type OpenPlatform } from './platform/platform.ts';
import { readSettings } from './platform/settings.ts';

let folder: string;
let platform: OpenPlatform;
let app: App;
const routes: { method: string; url: string }[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jiapian-compose-'));
  platform = await openPlatform(readSettings({ JIAPIAN_DATA: folder }), silentLog);
  const { rooms, authenticate } = await composeRooms(platform);
  const { readiness, metrics, liveEvents } = platform;
  app = await createHttp({ authenticate, readiness, metrics, liveEvents, log: silentLog, version: '0.1.0' });
  app.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) routes.push({ method: one, url });
  });
  for (const room of rooms) await room.routes?.(app);
  await app.ready();
});
afterAll(async () => {
  await app.close();
  await platform.close();
  await rm(folder, { recursive: true });
});

it('describes every route in openapi.json, each operation under one name', async () => {
  const document = (await app.inject({ url: '/api/v1/openapi.json' })).json();
  const described = (url: string, method: string): { operationId?: string } | undefined =>
    document.paths[url.replace(/:(\w+)/g, '{$1}').replace('*', '{*}')]?.[method.toLowerCase()];
  const checked = routes.filter(({ method }) => method !== 'HEAD');
  expect(checked.length).toBeGreaterThan(20);
  expect(checked.filter(({ url, method }) => described(url, method)?.operationId === undefined)).toEqual([]);
  const names = checked.map(({ url, method }) => described(url, method)?.operationId);
  expect(new Set(names).size).toBe(names.length);
});

it('answers a stranger nowhere but at the public doors', async () => {
  const open: string[] = [];
  for (const { method, url } of routes.filter((route) => route.method !== 'HEAD')) {
    const address = url.replace(/:\w+/g, '1').replace('*', '');
    const answer = await app.inject({ method: method as 'GET', url: address });
    if (answer.statusCode !== 401) open.push(`${method} ${url}`);
  }
  // A meeting's phones have no account: the code of the meeting and the token it gave them speak for them.
  expect(new Set(open)).toEqual(
    new Set([
      'POST /api/v1/session',
      // The table in force at a console, by the code that is stuck to it: no patient, no film.
      'GET /api/v1/console/:code',
      'POST /api/v1/join',
      'GET /api/v1/join/:code',
      'POST /api/v1/join/:code',
      'GET /api/v1/join/:code/phone',
      'PUT /api/v1/join/:code/vote',
      'GET /api/v1/join/:code/events',
    ]),
  );
});
