import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { describe, expect, it } from 'vitest';
import { clearHolds } from '../release/clear-holds.ts';
import { type Act, say, useAnalysers } from './analyser.fixture.ts';

const small = 'charset/zh-utf8-dx.dcm';
const room = useAnalysers([small]);

describe('an answer', () => {
  it('is stored with unit, method, version, program and checksum under the name of its analyser', async () => {
    room.answer = say();
    await room.add();
    await room.measure(small);
    await room.run();
    const { subjects } = await room.analysisOf(small);
    const own = subjects.find(({ analyserName }) => analyserName === null);
    const subject = subjects.find(({ analyserName }) => analyserName === 'Lung model');
    // Our own figures stay beside it.
    expect(own?.measurements.length).toBeGreaterThan(10);
    expect(subject).toMatchObject({ softwareVersion: 'lungnet 2.4.1', failureReason: null });
    expect(subject?.inputSha256).toBe(own?.inputSha256);
    expect(subject?.measurements).toMatchObject([
      { metric: 'lungs:lung-share', value: 0.41, unit: '1', method: 'unet', version: 3 },
    ]);
    expect(subject?.notMeasured).toEqual([{ metric: 'lungs:rib-count', where: null, reason: 'not-frontal' }]);
    expect(subject?.findings).toMatchObject([{ rule: 'lungs:lung-cut', severity: 'notice', deduction: null }]);
  });

  const hostile: [string, Act, string, boolean][] = [
    ['that is not JSON', (_, response) => response.end('<html>'), 'answer-not-json', false],
    ['that is empty', (_, response) => response.end('{}'), 'answer-not-by-the-contract', false],
    [
      'that tells nothing',
      say({ measurements: [], notMeasured: [], findings: [] }),
      'answer-not-by-the-contract',
      false,
    ],
    [
      'with a figure that is no number',
      say({ measurements: [{ metric: 'x', value: 'high', unit: '1', method: 'm', version: 1 }] }),
      'answer-not-by-the-contract',
      false,
    ],
    [
      'that grades',
      say({ findings: [{ rule: 'r', version: 1, severity: 'reject', message: { zh: '废片', en: 'reject' } }] }),
      'answer-not-by-the-contract',
      false,
    ],
    [
      'to another question',
      say({ requestId: '00000000-0000-4000-8000-000000000000' }),
      'answer-to-another-question',
      false,
    ],
    [
      'with a place outside the picture',
      (question, response) =>
        say({
          findings: [],
          measurements: [
            {
              metric: 'x',
              value: 1,
              unit: '1',
              method: 'm',
              version: 1,
              place: { column: question.frame.columns, row: 0, width: 1, height: 1 },
            },
          ],
        })(question, response),
      'place-outside-the-picture',
      false,
    ],
    ['without end', (_, response) => void flood(response), 'answer-too-long', false],
    [
      'by sending elsewhere',
      (_, response) => response.writeHead(307, { location: room.address }).end(),
      'redirected',
      false,
    ],
    ['of a wrong token', (_, response) => response.writeHead(401).end(), 'token-refused', false],
    ['that never comes', () => undefined, 'too-slow', true],
    ['that trickles', (_, response) => response.write('{'), 'too-slow', true],
    ['of a program that broke down', (_, response) => response.writeHead(500).end(), 'server-error', true],
    ['that hangs up', (_, response) => response.destroy(), 'unreachable', true],
  ];
  const flood = (response: ServerResponse): Promise<void> =>
    pipeline(function* () {
      for (;;) yield ' '.repeat(65_536);
    }, response).catch(() => undefined);

  it.each(hostile)('%s marks the film with its reason and holds up nothing', async (_, act, reason, isPassing) => {
    room.answer = act;
    await room.add();
    await room.measure(small);
    expect((await room.analysisOf(small)).state).toBe('measured');
    // What may come another time is room.asked three times in all.
    await room.test.asOwner(`update analyser_task set attempts = $1`, [isPassing ? 2 : 0]);
    await room.run();
    const subject = await room.runOf(small);
    expect(subject).toMatchObject({ failureReason: reason, measurements: [], findings: [] });
    expect(subject?.notMeasured).toEqual([{ metric: 'lungs:picture', where: null, reason }]);
    expect(await room.list()).toMatchObject([{ waiting: 0, failed: 1, lastFailure: reason }]);
  });

  it('of a program that is away is waited for: after three failures it is left alone for five minutes', async () => {
    room.answer = say();
    await room.add({ address: 'http://127.0.0.1:9/measure' });
    await room.measure(small);
    for (let round = 0; round < 2; round += 1) expect(await room.run()).toBe(1);
    // It may come another time: nothing is marked yet.
    expect(await room.runOf(small)).toBeUndefined();
    expect(await room.list()).toMatchObject([{ waiting: 1, lastFailure: 'unreachable' }]);
    await room.test.asOwner(`update analyser_task set attempts = 0`);
    expect(await room.run()).toBe(1);
    expect(await room.list()).toMatchObject([{ lastFailure: 'unreachable', restingUntil: '2026-11-24T08:05:00.000Z' }]);
    expect(await room.run()).toBe(0);
    room.clock.advanceMs(5 * 60_000);
    await room.test.asOwner(`update analyser set address = $1`, [room.address]);
    expect(await room.run()).toBe(1);
    expect((await room.runOf(small))?.measurements).toHaveLength(1);
    expect(await room.list()).toMatchObject([{ restingUntil: null, failed: 0, answered: 1 }]);
    room.clock.advanceMs(-5 * 60_000);
  });
});

describe('the gate', () => {
  const hold = async (): Promise<void> => {
    await room.test.asOwner(
      `insert into gate (hospital_id, exam_id, state, hold_mode, hold_until)
       values ($1, $2, 'held', 'until-clear', $3)`,
      [room.test.hospitalId, room.exams.get(small), new Date(room.clock.now().getTime() + 900_000)],
    );
  };
  const gate = async (): Promise<string> => {
    await clearHolds(room.test.database, room.clock, { publishWith: async () => undefined } as never);
    const [row] = await room.test.asOwner<{ state: string }>(`select state from gate`);
    return row!.state;
  };

  it('does not wait for an analyser that is away', async () => {
    await room.add({ address: 'http://127.0.0.1:9/measure' });
    await room.measure(small);
    await room.test.asOwner(`delete from finding`);
    await hold();
    await room.run();
    expect(await gate()).toBe('released');
  });

  it('still sees our own hint when an analyser has answered after it', async () => {
    room.answer = say({ findings: [] });
    await room.add();
    await room.measure(small);
    await room.test.asOwner(`update finding set severity = 'notice'`);
    room.clock.advanceMs(1_000);
    await room.run();
    expect(await room.runOf(small)).toMatchObject({ findings: [] });
    await hold();
    expect(await gate()).toBe('held');
  });
});
