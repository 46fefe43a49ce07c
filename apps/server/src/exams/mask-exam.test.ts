import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixedClock } from '@jiapian/kernel';
import { startTestDatabase, type TestDatabase } from '../../../../test/testkit/src/database.ts';
import { registerExam, registerReader } from '../../../../test/testkit/src/register-exam.ts';
import { startRoomHttp } from '../../../../test/testkit/src/room-http.ts';
import type { App } from '../platform/app.ts';
import { makeFilms } from '../review/make-films.ts';
import { examRoutes } from './exams.routes.ts';

let test: TestDatabase;
let app: App;
let examId: string;
let staffId: string;
const clock = fixedClock(new Date('2026-11-24T02:00:00Z'));

beforeAll(async () => {
  test = await startTestDatabase();
  const liveEvents = { publishWith: async () => undefined };
  app = await startRoomHttp(test, (frame) => examRoutes(frame, { database: test.database, clock, liveEvents }));
  staffId = (await registerReader(test, 'own')).staffId;
  ({ examId } = await registerExam(test, { technologistId: staffId }));
  await test.asOwner(`update exam set operator_name = 'ZHAO'`);
  await test.database.withHospital(test.hospitalId, (unit) => makeFilms(unit, clock, examId));
});
afterAll(async () => {
  await app.close();
  await test.stop();
});

const ask = (path: string, permissions: string) =>
  app.inject({ url: `/api/v1/exams${path}`, headers: { 'x-caller': `first:${permissions}` } });
const masked = { technologistId: null, technologistName: null, operatorName: '' };

describe('who took an exam with an ungraded film', () => {
  it('is not told to a reader, in the list, the exam or the export', async () => {
    const reader = 'exams.read,exams.export,review.grade';
    expect((await ask('', reader)).json()).toMatchObject({ items: [masked] });
    expect((await ask(`/${examId}`, reader)).json()).toMatchObject({ exam: masked });
    expect((await ask('/export?format=csv', reader)).body).not.toContain('ZHAO');
  });

  it('is told to those who do not grade', async () => {
    const other = 'exams.read,exams.export';
    const named = { technologistId: staffId, operatorName: 'ZHAO' };
    expect((await ask('', other)).json()).toMatchObject({ items: [named] });
    expect((await ask(`/${examId}`, other)).json()).toMatchObject({ exam: named });
    expect((await ask('/export?format=csv', other)).body).toContain('ZHAO');
  });
});
