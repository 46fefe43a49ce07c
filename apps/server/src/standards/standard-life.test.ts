import type { StandardDraft, StandardVersion } from '@jiapian/contract';
import { defaultStandard } from '@jiapian/rules';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestDatabase, type TestDatabase } from '../../../../test/testkit/src/database.ts';
import { startRoomHttp } from '../../../../test/testkit/src/room-http.ts';
import type { App } from '../platform/app.ts';
import { draftRoutes, standardRoutes } from './index.ts';

let test: TestDatabase;
let app: App;
let now = new Date('2026-11-24T08:00:00Z');
const clock = { now: () => now };

beforeAll(async () => {
  test = await startTestDatabase();
  app = await startRoomHttp(test, (frame) => {
    draftRoutes(frame, test.database, clock);
    standardRoutes(frame, test.database, clock);
  });
});
afterAll(async () => {
  await app.close();
  await test.stop();
});
beforeEach(async () => {
  now = new Date('2026-11-24T08:00:00Z');
  await test.asOwner('delete from standard_draft');
  await test.asOwner('delete from review_standard');
});

const send = async <Body>(
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  url: string,
  payload?: object,
  caller = 'first',
) => {
  const answer = await app.inject({
    method,
    url: `/api/v1/standards${url}`,
    headers: { 'x-caller': caller },
    ...(payload ? { payload } : {}),
  });
  return { status: answer.statusCode, body: (answer.body === '' ? null : JSON.parse(answer.body)) as Body };
};
interface Problem {
  code: string;
  facts: { faults: { reason: string; at: string }[] };
}
const begin = async () => (await send<StandardDraft>('POST', '/drafts', { basedOnVersion: 1 })).body;
const stricter = (draft: StandardDraft) => ({
  version: draft.version,
  content: { ...draft.content, scale: [{ grade: 'A', atLeast: 95 }, ...draft.content.scale.slice(1)] },
});
const versions = async () => (await send<{ items: StandardVersion[] }>('GET', '')).body.items;

describe('a draft', () => {
  it('begins as a copy of a version, is changed, and shows what it changed', async () => {
    const draft = await begin();
    expect(draft).toMatchObject({ basedOnVersion: 1, version: 1, faults: [], changes: [] });
    const saved = await send<StandardDraft>('PUT', `/drafts/${draft.draftId}`, stricter(draft));
    expect(saved.body.changes).toEqual([{ at: 'scale.A.atLeast', before: 90, after: 95 }]);
    expect((await send<object>('GET', '/current')).body).toMatchObject({ version: 1 });
  });

  it('begins as a ready-made standard, held against the version in force', async () => {
    const five = await send<StandardDraft>('POST', '/drafts', { basedOnVersion: 1, template: 'five-conditions' });
    expect(five.status).toBe(201);
    expect(five.body.content.conditions.map(({ code }) => code)).toEqual([
      'POSITION',
      'IMAGE_QUALITY',
      'ARTEFACT',
      'ANNOTATION',
      'CONTRAST_FILLING',
    ]);
    expect(five.body.faults).toEqual([]);
    expect(five.body.changes.map(({ at }) => at)).toContain('conditionFailPoints');
    expect((await send('POST', '/drafts', { basedOnVersion: 1, template: 'none' })).status).toBe(400);
  });

  it('refuses a save from an older version of itself and keeps the newer one', async () => {
    const draft = await begin();
    await send('PUT', `/drafts/${draft.draftId}`, stricter(draft));
    const stale = await send<Problem>('PUT', `/drafts/${draft.draftId}`, { version: 1, content: draft.content });
    expect([stale.status, stale.body.code]).toEqual([409, 'STANDARDS_STALE_VERSION']);
    const kept = await send<StandardDraft>('GET', `/drafts/${draft.draftId}`);
    expect(kept.body.content.scale[0]).toEqual({ grade: 'A', atLeast: 95 });
  });

  it('is saved with faults, and published only without', async () => {
    const draft = await begin();
    const content = { ...draft.content, name: { zh: '本院标准', en: '' } };
    const saved = await send<StandardDraft>('PUT', `/drafts/${draft.draftId}`, { version: 1, content });
    expect(saved.body.faults).toEqual([{ reason: 'translation-missing', at: 'name' }]);
    const refused = await send<Problem>('POST', `/drafts/${draft.draftId}/publication`, { version: 2 });
    expect([refused.status, refused.body.code]).toEqual([422, 'STANDARDS_FAULTY']);
    expect(refused.body.facts.faults).toEqual([{ reason: 'translation-missing', at: 'name' }]);
  });

  it('is deleted by name, and is no other hospital’s', async () => {
    const draft = await begin();
    expect((await send('GET', `/drafts/${draft.draftId}`, undefined, 'second')).status).toBe(404);
    expect((await send('DELETE', `/drafts/${draft.draftId}`)).status).toBe(204);
    expect((await send('GET', `/drafts/${draft.draftId}`)).status).toBe(404);
  });

  it('is for those who may manage standards', async () => {
    const reader = 'first:standards.read';
    expect((await send('POST', '/drafts', { basedOnVersion: 1 }, reader)).status).toBe(403);
    expect((await send('GET', '', undefined, reader)).status).toBe(200);
  });
});

describe('publishing', () => {
  it('makes the next version, in force at once, and closes the draft', async () => {
    const draft = await begin();
    await send('PUT', `/drafts/${draft.draftId}`, stricter(draft));
    const published = await send('POST', `/drafts/${draft.draftId}/publication`, { version: 2, note: '提高甲级' });
    expect(published).toEqual({ status: 201, body: { version: 2 } });
    expect(await versions()).toMatchObject([
      { version: 2, isCurrent: true, note: '提高甲级' },
      { version: 1, isCurrent: false },
    ]);
    const again = await send<Problem>('POST', `/drafts/${draft.draftId}/publication`, { version: 3 });
    expect([again.status, again.body.code]).toEqual([409, 'STANDARDS_DRAFT_PUBLISHED']);
    expect((await send<object>('GET', '/1')).body).toMatchObject({ version: 1, scale: defaultStandard.scale });
  });

  it('waits for its day, and refuses a day that has passed', async () => {
    const draft = await begin();
    const publish = (effectiveFrom: string) =>
      send<Problem>('POST', `/drafts/${draft.draftId}/publication`, { version: 1, effectiveFrom });
    expect((await publish('2026-11-24T07:59:59Z')).body.code).toBe('STANDARDS_EFFECTIVE_IN_PAST');
    expect((await publish('2026-12-01T00:00:00Z')).status).toBe(201);
    expect((await send<object>('GET', '/current')).body).toMatchObject({ version: 1 });
    now = new Date('2026-12-01T00:00:00Z');
    expect((await send<object>('GET', '/current')).body).toMatchObject({ version: 2 });
  });

  it('lets one of two who publish the same draft through', async () => {
    const draft = await begin();
    const both = await Promise.all(
      [1, 2].map(() => send<Problem>('POST', `/drafts/${draft.draftId}/publication`, { version: 1 })),
    );
    expect(new Set(both.map(({ status }) => status))).toEqual(new Set([201, 409]));
    expect(await versions()).toHaveLength(2);
  });

  it('gives two drafts published at once two numbers', async () => {
    const drafts = [await begin(), await begin()];
    const both = await Promise.all(
      drafts.map(({ draftId }) => send<{ version: number }>('POST', `/drafts/${draftId}/publication`, { version: 1 })),
    );
    expect(new Set(both.map(({ body }) => body.version))).toEqual(new Set([2, 3]));
  });

  it('compares two versions, and says when one does not exist', async () => {
    const draft = await begin();
    await send('PUT', `/drafts/${draft.draftId}`, stricter(draft));
    await send('POST', `/drafts/${draft.draftId}/publication`, { version: 2 });
    const compared = await send('GET', '/comparison?one=1&other=2');
    expect(compared.body).toEqual({ changes: [{ at: 'scale.A.atLeast', before: 90, after: 95 }] });
    expect((await send<Problem>('GET', '/comparison?one=1&other=9')).body.code).toBe('STANDARDS_VERSION_NOT_FOUND');
  });
});
