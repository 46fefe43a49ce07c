import { randomUUID } from 'node:crypto';
import { fixedClock } from '@jiapian/kernel';
import { defaultReviewPolicy, type SamplingPlan } from '@jiapian/rules';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestDatabase, type TestDatabase } from '../../../../test/testkit/src/database.ts';
import { registerExam, registerReader, type ExamSeed } from '../../../../test/testkit/src/register-exam.ts';
import type { AuditActor } from '../audit/index.ts';
import type { UnitOfWork } from '../platform/database.ts';
import { countFilms } from './film-rows.repository.ts';
import { describeDraws, describeRate, repeatDraw } from './describe-draws.ts';
import { drawFilms } from './draw-films.ts';
import { filmsAtATime, leaveOutFilms } from './leave-out-films.ts';
import { makeFilms } from './make-films.ts';
import { markMissed } from './mark-missed.ts';
import { changePolicy, policyInForce } from './review-policy.ts';
import { findGradesOfExam } from './review.repository.ts';

let test: TestDatabase;
let by: AuditActor;
const clock = fixedClock(new Date('2026-11-24T02:00:00Z'));
const days = { fromDay: '2026-11-24', toDay: '2026-11-24' };

beforeAll(async () => {
  test = await startTestDatabase();
  const { accountId } = await registerReader(test, 'leader');
  by = { accountId, actor: 'leader', requestId: null } as never;
});
afterAll(() => test.stop());

const inHospital = <Value>(work: (unit: UnitOfWork) => Promise<Value>) =>
  test.database.withHospital(test.hospitalId, work);
const sampling = (given: Partial<SamplingPlan>) =>
  inHospital(async (unit) => {
    const { version } = await policyInForce(unit, clock.now());
    const plan = { ...defaultReviewPolicy.sampling, ...given, stratifyBy: [...(given.stratifyBy ?? [])] };
    const content = { ...defaultReviewPolicy, sampling: plan };
    await changePolicy(unit, clock, by, { content: content as never, basedOn: version });
  });
const exams = async (count: number, seed: ExamSeed = {}) => {
  const made: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const { examId } = await registerExam(test, seed);
    await inHospital((unit) => makeFilms(unit, clock, examId));
    made.push(examId);
  }
  return made;
};
const counts = () =>
  inHospital((unit) =>
    countFilms(unit, { accountId: by.accountId ?? '', staffId: null, now: clock.now() }, { list: 'all' }),
  );

describe('a draw', () => {
  it('is refused while every film is read, and where nothing waits', async () => {
    await expect(inHospital((unit) => drawFilms(unit, clock, by, days))).rejects.toMatchObject({
      code: 'REVIEW_EVERY_FILM',
    });
    await sampling({ scope: 'sample', share: 0.2, atLeast: 1, notReviewedForDays: null });
    await expect(inHospital((unit) => drawFilms(unit, clock, by, days))).rejects.toMatchObject({
      code: 'REVIEW_NOTHING_TO_DRAW',
    });
  });

  it('leaves out what it did not draw, keeps 漏评 apart, and can be repeated from what it stored', async () => {
    await exams(19);
    const [missed] = await exams(1, { priorityClass: 'emergency' });
    await inHospital((unit) => markMissed(unit, missed ?? ''));
    const drawn = await inHospital((unit) => drawFilms(unit, clock, by, days));
    // 20 films, a fifth of them; the emergency is one of the four.
    expect(drawn).toMatchObject({ candidates: 20, drawn: 4 });
    expect(await counts()).toMatchObject({ total: 20, waiting: 4, notSampled: 16, missed: 1, late: 0 });
    const check = await inHospital((unit) => repeatDraw(unit, drawn.drawId));
    expect(check).toEqual({ isRepeatable: true, compared: 20 });
    const [draw] = await inHospital(describeDraws);
    expect(draw).toMatchObject({ candidateCount: 20, drawnCount: 4, readCount: 0 });
    expect(draw?.strata).toMatchObject([{ candidates: 20, certain: 1, random: 3, read: 0 }]);
  });

  it('is never drawn over again: a second one sees only films that came later', async () => {
    await sampling({ scope: 'sample', share: 0, atLeast: 0, notReviewedForDays: null, everyEmergency: true });
    const before = await counts();
    await exams(2);
    const drawn = await inHospital((unit) =>
      drawFilms(unit, clock, by, { fromDay: '2026-11-24', toDay: '2026-11-25' }),
    );
    expect(drawn.candidates).toBe(6);
    expect((await counts()).notSampled).toBe(before.notSampled + 5);
  });

  it('lets the gate go for a film that need not be read', async () => {
    await sampling({ scope: 'sample', share: 0, atLeast: 0, notReviewedForDays: null });
    const [examId] = await exams(1);
    await inHospital((unit) => drawFilms(unit, clock, by, days));
    expect(await inHospital((unit) => findGradesOfExam(unit, examId ?? ''))).toEqual([]);
  });

  it('gives each rate the interval of its sample, and none while a stratum is unread', async () => {
    const rate = await inHospital((unit) => describeRate(unit, days));
    expect(rate).toMatchObject({ isSampled: true, films: 23, read: 0, gradeA: null });
  });
});

describe('a draw from a long list', () => {
  const late = { fromDay: '2026-12-01', toDay: '2026-12-01' };
  const notSampled = async () => {
    const [row] = await test.asOwner<{ count: number }>(
      `select count(*)::int from film where hospital_id = $1 and day = '2026-12-01' and state = 'not-sampled'`,
      [test.hospitalId],
    );
    return row?.count;
  };
  const addFilms = async (count: number) => {
    const { examId } = await registerExam(test, { at: new Date('2026-12-01T02:00:00Z') });
    await test.asOwner(
      `insert into film (hospital_id, film_id, exam_id, kind, sop_instance_uid, position_code, day)
       select $1, gen_random_uuid(), $2, 'image', '2.25.' || g, 'CHEST_PA', '2026-12-01'
       from generate_series(1, $3::int) g`,
      [test.hospitalId, examId, count],
    );
  };

  it('is stored at once; the films it left out follow in batches, and can still be drawn again the same', async () => {
    await sampling({ scope: 'sample', share: 0, atLeast: 0, notReviewedForDays: null });
    await addFilms(filmsAtATime + 5);
    const { drawId, candidates } = await inHospital((unit) => drawFilms(unit, clock, by, late));
    expect(candidates).toBe(filmsAtATime + 5);
    expect(await notSampled()).toBe(filmsAtATime);
    await inHospital((unit) => leaveOutFilms(unit, clock, drawId));
    expect(await notSampled()).toBe(filmsAtATime + 5);
    expect(await inHospital((unit) => repeatDraw(unit, drawId))).toEqual({ isRepeatable: true, compared: candidates });
  });

  it('is finished before the next one, which sees only films that came later', async () => {
    await addFilms(filmsAtATime + 3);
    await inHospital((unit) => drawFilms(unit, clock, by, late));
    await addFilms(1);
    expect(await inHospital((unit) => drawFilms(unit, clock, by, late))).toMatchObject({ candidates: 1 });
    expect(await notSampled()).toBe(2 * filmsAtATime + 9);
  });
});

describe('a film that carries a hint', () => {
  const withHint = async (severity: string, isSilent: boolean) => {
    const { examId, sopInstanceUids } = await registerExam(test, { at: new Date('2026-11-26T02:00:00Z') });
    await inHospital((unit) => makeFilms(unit, clock, examId));
    const runId = randomUUID();
    await test.asOwner(
      `insert into analysis_run (hospital_id, run_id, exam_id, subject_uid, subject_kind, analysis_version,
         software_version, input_sha256, object_count, measured_at, duration_ms)
       values ($1, $2, $3, $4, 'instance', 1, '0', '', 1, now(), 1)`,
      [test.hospitalId, runId, examId, sopInstanceUids[0]],
    );
    await test.asOwner(
      `insert into finding (hospital_id, finding_id, run_id, rule, rule_version, severity, message, evidence, is_silent)
       values ($1, gen_random_uuid(), $2, 'r', 1, $3, '{}', '{}', $4)`,
      [test.hospitalId, runId, severity, isSilent],
    );
    return examId;
  };

  it('is drawn for sure where the plan says so; an information or a silenced rule is no hint', async () => {
    const rule = { everyEmergency: false, everyWithFinding: true, notReviewedForDays: null };
    await sampling({ scope: 'sample', share: 0, atLeast: 0, ...rule });
    const made = [await withHint('warning', false), await withHint('info', false), await withHint('warning', true)];
    await inHospital((unit) => drawFilms(unit, clock, by, days));
    const states = new Map(
      (await test.asOwner<{ exam_id: string; state: string }>('select exam_id, state from film')).map((film) => [
        film.exam_id,
        film.state,
      ]),
    );
    expect(made.map((examId) => states.get(examId))).toEqual(['waiting', 'not-sampled', 'not-sampled']);
  });
});

describe('the policy', () => {
  it('is refused when somebody else has changed it meanwhile, and keeps every version', async () => {
    const { version, seed } = await inHospital((unit) => policyInForce(unit, clock.now()));
    const change = { content: defaultReviewPolicy as never, basedOn: version - 1 };
    await expect(inHospital((unit) => changePolicy(unit, clock, by, change))).rejects.toMatchObject({
      code: 'REVIEW_STALE_VERSION',
    });
    await inHospital((unit) => changePolicy(unit, clock, by, { ...change, basedOn: version }));
    const after = await inHospital((unit) => policyInForce(unit, clock.now()));
    expect(after.version).toBe(version + 1);
    expect(after.seed).not.toBe(seed);
  });
});
