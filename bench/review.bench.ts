import { drawSample, everyFilm, type Candidate, type SamplingPlan } from '../packages/rules/src/index.ts';
import { analyzeGrownTables } from '../apps/server/src/exams/analyze-grown-tables.repository.ts';
import { drawFilms } from '../apps/server/src/review/draw-films.ts';
import { leaveOutAll } from '../apps/server/src/review/leave-out-films.ts';
import { changePolicy, policyInForce } from '../apps/server/src/review/review-policy.ts';
import { defaultReviewPolicy } from '../packages/rules/src/grading/review-policy.ts';
import { startTestDatabase, startTestPostgres } from '../test/testkit/src/database.ts';
import type { UnitOfWork } from '../apps/server/src/platform/unit-of-work.ts';
import type { Bench } from './bench.ts';
import { median } from './statistics.ts';
import { addDevices, addExams } from './synthetic-register.ts';

const candidateCount = 100_000;
const technologists = 40;
const devices = 12;
const rounds = 7;
const targetMs = 1000;
const plan: SamplingPlan = { ...everyFilm, scope: 'sample', stratifyBy: ['technologist', 'device', 'shift'] };

export const bench: Bench = {
  title: 'A stratified sample from 100,000 candidates: the rule alone, and with reading and storing every candidate',
  run: async (progress) => {
    const candidates = Array.from({ length: candidateCount }, (_, index) => candidateOf(index));
    const ruleMs = Array.from({ length: rounds }, (_, round) => {
      const started = performance.now();
      drawSample(plan, candidates, `${round}`.padStart(16, '0'));
      return performance.now() - started;
    });
    progress(`the rule: ${median(ruleMs).toFixed(0)} ms`);
    const { storedMs, appliedMs } = await drawStored(progress);
    return {
      tables: [
        {
          title: `${candidateCount} candidates, ${technologists} technologists × ${devices} devices × 3 shifts`,
          columns: ['what', 'median', 'slowest'],
          rows: [
            [
              'the draw (strata, order, reasons)',
              `${median(ruleMs).toFixed(0)} ms`,
              `${Math.max(...ruleMs).toFixed(0)} ms`,
            ],
            ['read from the database, drawn, stored with every candidate', `${storedMs.toFixed(0)} ms`, ''],
            ['until every film it left out says 未抽中, in batches behind it', `${appliedMs.toFixed(0)} ms`, ''],
          ],
        },
      ],
      targets: [
        {
          claim: 'draw from 100,000 candidates < 1 s',
          measured: `${median(ruleMs).toFixed(0)} ms`,
          isMet: median(ruleMs) < targetMs,
        },
        {
          claim: 'the same with reading the candidates and storing all of them < 1 s',
          measured: `${storedMs.toFixed(0)} ms`,
          isMet: storedMs < targetMs,
        },
      ],
      measurements: { ruleMs, storedMs, appliedMs },
    };
  },
};

const candidateOf = (index: number): Candidate => ({
  filmId: `01900000-0000-7000-8000-${index.toString(16).padStart(12, '0')}`,
  technologist: `T${index % technologists}`,
  device: `D${Math.floor(index / technologists) % devices}`,
  position: `P${index % 68}`,
  shift: (['day', 'evening', 'night'] as const)[index % 3] ?? 'day',
  isEmergency: index % 50 === 0,
  hasFinding: index % 70 === 0,
  daysUnreviewed: index % 60,
});

/** Once: a draw changes what it draws from. From its beginning until it is committed, and until the last film knows. */
const drawStored = async (progress: (line: string) => void): Promise<{ storedMs: number; appliedMs: number }> => {
  const postgres = await startTestPostgres();
  process.env['JIAPIAN_TEST_POSTGRES'] = postgres.url;
  const test = await startTestDatabase();
  const clock = { now: () => new Date() };
  const by = { accountId: null, actor: 'bench' };
  try {
    await addDevices(test);
    await addExams(test, 0, candidateCount);
    await test.asOwner(
      `update film set state = 'waiting', grade = null, graded_at = null, day = current_date where hospital_id = $1`,
      [test.hospitalId],
    );
    await analyzeGrownTables(test.database);
    progress('100,000 films wait');
    const today = new Date().toISOString().slice(0, 10);
    const inHospital = <Value>(work: (unit: UnitOfWork) => Promise<Value>) =>
      test.database.withHospital(test.hospitalId, work);
    await inHospital(async (unit) => {
      const { version } = await policyInForce(unit, clock.now());
      const content = { ...defaultReviewPolicy, sampling: { ...plan, stratifyBy: [...plan.stratifyBy] } };
      await changePolicy(unit, clock, by, { content, basedOn: version });
    });
    const started = performance.now();
    const { drawId } = await inHospital((unit) => drawFilms(unit, clock, by, { fromDay: '2000-01-01', toDay: today }));
    const storedMs = performance.now() - started;
    await inHospital((unit) => leaveOutAll(unit, clock, drawId));
    return { storedMs, appliedMs: performance.now() - started };
  } finally {
    await test.stop();
    await postgres.stop();
  }
};
