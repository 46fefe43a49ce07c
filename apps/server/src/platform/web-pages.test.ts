import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestDatabase, type TestDatabase } from '../../../../test/testkit/src/database.ts';
import { createReadiness } from './health.ts';
import { createHttp, type App } from './http.ts';
import { createLiveEvents } from './live-events.ts';
import { silentLog } from './log.ts';
import { createMetrics } from './metrics.ts';
import { servePages } from './web-pages.ts';

let test: TestDatabase;
let app: App;
let folder: string;

beforeAll(async () => {
  test = await startTestDatabase();
  folder = await mkdtemp(join(tmpdir(), 'jiapian-pages-'));
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), '<title>page</title>');
  await writeFile(join(folder, 'assets', 'app-1a2b.js'), 'code');
  await writeFile(join(folder, 'assets', 'app-1a2b.js.br'), 'less');
  await writeFile(join(folder, '..', 'jiapian-outside.txt'), 'secret');
  app = await createHttp({
    authenticate: async () => null,
    readiness: createReadiness(silentLog),
    metrics: createMetrics(),
    liveEvents: createLiveEvents(test.database),
    log: silentLog,
    version: '0.1.0',
  });
  await servePages(app, folder);
  await app.ready();
});
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true });
  await rm(join(folder, '..', 'jiapian-outside.txt'));
  await test.stop();
});

describe('the page', () => {
  it.each(['/', '/review/today?grade=B', '/exams/42'])('is every address of the client: %s', async (url) => {
    const answer = await app.inject({ url });
    expect([answer.statusCode, answer.body]).toEqual([200, '<title>page</title>']);
    expect(answer.headers['cache-control']).toBe('no-cache');
    expect(answer.headers['content-security-policy']).toContain("default-src 'self'");
  });

  it.each(['/api/v1/nothing', '/dicomweb/nothing', '/assets/gone-3c4d.js', '/favicon.ico'])(
    'is not the answer to a program or a missing file: %s',
    async (url) => {
      const answer = await app.inject({ url });
      expect([answer.statusCode, answer.json().code]).toEqual([404, 'ROUTE_NOT_FOUND']);
    },
  );
});

describe('a file of the build', () => {
  it('is kept by the browser for a year, and sent compressed to whoever takes it', async () => {
    const plain = await app.inject({ url: '/assets/app-1a2b.js' });
    expect([plain.body, plain.headers['cache-control']]).toEqual(['code', 'public, max-age=31536000, immutable']);
    const packed = await app.inject({ url: '/assets/app-1a2b.js', headers: { 'accept-encoding': 'br' } });
    expect([packed.body, packed.headers['content-encoding']]).toEqual(['less', 'br']);
  });

  it.each(['/../jiapian-outside.txt', '/%2e%2e/jiapian-outside.txt', '/assets/..%2f..%2fjiapian-outside.txt', '/%'])(
    'is never one outside the folder: %s',
    async (url) => {
      const answer = await app.inject({ url });
      expect(answer.statusCode).toBeGreaterThanOrEqual(400);
      expect(answer.body).not.toContain('secret');
    },
  );
});
