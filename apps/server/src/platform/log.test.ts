import { AppError } from '@jiapian/kernel';
import { beforeAll, afterAll, describe, expect, it } from 'vitest';
import { startTestDatabase, type TestDatabase } from '../../../../test/testkit/src/database.ts';
import { createLog } from './log.ts';

const lines: { stream: 'out' | 'err'; text: string }[] = [];
const log = createLog({
  out: { write: (text) => lines.push({ stream: 'out', text }) },
  err: { write: (text) => lines.push({ stream: 'err', text }) },
});
const last = (): { stream: string; text: string } => lines.at(-1) ?? { stream: '', text: '' };

describe('a log line', () => {
  it('is one JSON object with its facts; trouble goes to the error stream', () => {
    log.child({ role: 'web' }).info('server.started', { port: 8080 });
    expect(last().stream).toBe('out');
    expect(JSON.parse(last().text)).toMatchObject({ level: 'info', event: 'server.started', role: 'web', port: 8080 });
    log.error('job.dead', {}, new AppError('DIMSE_REFUSED', {}, new Error('inner')));
    expect(last().stream).toBe('err');
    expect(JSON.parse(last().text).error.chain).toMatchObject([{ message: 'DIMSE_REFUSED' }, { message: 'inner' }]);
    expect(last().text.split('\n')).toHaveLength(2);
  });
});

describe('an error of the database', () => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await startTestDatabase();
  });
  afterAll(() => test.stop());

  it.each([
    [`select '张三丰'::integer`],
    [`insert into hospital (hospital_id, name) values (gen_random_uuid(), '张三丰'), (null, '张三丰')`],
    [`select '张三丰'::date`],
    [
      `insert into staff (hospital_id, staff_id, staff_number, name) values (gen_random_uuid(), gen_random_uuid(), '张三丰', '张三丰')`,
    ],
    [`select jsonb '{"name": 张三丰}'`],
  ])('is logged without the values of the statement: %s', async (statement) => {
    const error = await test.asOwner(statement).then(
      () => null,
      (thrown: unknown) => thrown,
    );
    expect(error).not.toBeNull();
    log.error('request.failed', {}, error);
    expect(last().text).not.toContain('张三丰');
  });
});
