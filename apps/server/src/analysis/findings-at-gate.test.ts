import { defaultHoldPolicy, defaultReviewPolicy } from '@jiapian/rules';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registerReader } from '../../../../test/testkit/src/register-exam.ts';
import { clearHolds } from '../release/clear-holds.ts';
import { decideHold } from '../release/decide-hold.ts';
import { publishHoldPolicy } from '../release/hold-policy.ts';
import { drawFilms } from '../review/draw-films.ts';
import { changePolicy, policyInForce } from '../review/review-policy.ts';
import { type AnalysisUnderTest, startAnalysis } from './analysis.fixture.ts';
import { analysisVersion } from './analysis-version.ts';
import { measureTasks } from './measure-tasks.ts';
import { queueExam } from './tasks.repository.ts';

/** Exposed to an eighth of its target: −9.28 by its own header. */
const underExposed = 'exposure-index/DX-Im-GE_XR220-1.dcm';
const onTarget = 'exposure-index/DX-Im-Carestream_DRX.dcm';
const names = [underExposed, onTarget] as const;
const day = '2026-11-24';
const live = { publishWith: async () => undefined } as never;

let room: AnalysisUnderTest;
let by: never;
beforeAll(async () => {
  room = await startAnalysis(names, names);
  by = { accountId: (await registerReader(room.test, 'leader')).accountId, actor: 'leader' } as never;
  // Devices that may be held: named, and no emergency's.
  await room.test.asOwner(`update device set named_at = now(), priority_class = 'routine'`);
  await room.inHospital((unit) =>
    publishHoldPolicy(unit, room.clock, by, {
      content: {
        ...defaultHoldPolicy,
        rules: [],
        otherwise: { mode: 'until-clear', holdMinutes: 15, samplePercent: null },
      } as never,
      note: 'hold when a finding is open',
      basedOn: 0,
    }),
  );
}, 60_000);
afterAll(() => room.stop());

const arrive = (name: string) =>
  room.inHospital(async (unit) => {
    const examId = room.exams.get(name)!;
    await queueExam(unit, examId, analysisVersion, room.clock.now());
    await decideHold(unit, room.clock, examId);
  });
const gates = async (): Promise<(string | undefined)[]> => {
  await clearHolds(room.test.database, room.clock, live);
  const rows = await room.test.asOwner<{ exam_id: string; state: string }>(`select exam_id, state from gate`);
  return names.map((name) => rows.find(({ exam_id }) => exam_id === room.exams.get(name))?.state);
};
const films = () =>
  room.test.asOwner<{ film_id: string; grade: string | null; state: string }>(
    `select film_id, grade, state from film order by film_id`,
  );

describe('the policy that holds while a finding is open', () => {
  it('holds what is not measured yet, lets go what is clear, and keeps what carries a hint', async () => {
    for (const name of names) await arrive(name);
    expect(await gates()).toEqual(['held', 'held']);
    await measureTasks(room.parts(), new AbortController().signal);
    // What a header lacks is a hint, too; this one is to be clear.
    await room.test.asOwner(
      `update finding set severity = 'info' where run_id in (select run_id from analysis_run where exam_id = $1)`,
      [room.exams.get(onTarget)],
    );
    expect(await gates()).toEqual(['held', 'released']);
    const [open] = await room.test.asOwner<{ severity: string }>(
      `select severity from finding where rule = 'exposure-far-under'`,
    );
    expect(open).toEqual({ severity: 'warning' });
  });

  it('lets it go when its rules have silenced themselves, and grades nothing', async () => {
    expect(await films()).toMatchObject([
      { grade: null, state: 'waiting' },
      { grade: null, state: 'waiting' },
    ]);
    await room.test.asOwner(`update finding set is_silent = true`);
    expect(await gates()).toEqual(['released', 'released']);
    expect(await room.test.asOwner(`select 1 from reading`)).toEqual([]);
    await room.test.asOwner(`update finding set is_silent = false`);
  });
});

describe('the plan that draws every film with a finding', () => {
  it('draws the film that was measured with one, and leaves the clear one out', async () => {
    await room.inHospital(async (unit) => {
      const { version } = await policyInForce(unit, room.clock.now());
      const sampling = {
        ...defaultReviewPolicy.sampling,
        ...{ scope: 'sample', share: 0, atLeast: 0, stratifyBy: [], notReviewedForDays: null },
        ...{ everyEmergency: false, everyWithFinding: true },
      };
      await changePolicy(unit, room.clock, by, {
        content: { ...defaultReviewPolicy, sampling } as never,
        basedOn: version,
      });
    });
    const drawn = await room.inHospital((unit) => drawFilms(unit, room.clock, by, { fromDay: day, toDay: day }));
    expect(drawn).toMatchObject({ candidates: 2, drawn: 1 });
    const states = new Map((await films()).map(({ film_id, state }) => [film_id, state]));
    expect(names.map((name) => states.get(room.films.get(name)!))).toEqual(['waiting', 'not-sampled']);
  });
});
