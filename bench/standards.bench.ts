import { simulateStandard } from '../apps/server/src/review/simulate-standard.ts';
import { fiveConditions } from '../packages/rules/src/grading/five-conditions.ts';
import { startTestDatabase, startTestPostgres } from '../test/testkit/src/database.ts';
import { registerExam } from '../test/testkit/src/register-exam.ts';
import type { Bench } from './bench.ts';
import { median } from './statistics.ts';

const readings = 100_000;
const rounds = 5;
const targetMs = 3000;
const days = { from: '2026-11-01', to: '2026-11-30' };

export const bench: Bench = {
  title: 'A changed standard tried on 100,000 readings: read from the database, graded again, counted',
  run: async (progress) => {
    const postgres = await startTestPostgres();
    process.env['JIAPIAN_TEST_POSTGRES'] = postgres.url;
    const test = await startTestDatabase();
    try {
      const { examId } = await registerExam(test);
      await test.asOwner(
        `insert into film (hospital_id, film_id, exam_id, kind, sop_instance_uid, position_code, state, grade, reading_id, day)
         select $1, md5('f' || n)::uuid, $2, 'image', '2.25.' || n, 'CH0' || 1 + n % 4, 'graded', 'A', md5('r' || n)::uuid,
           date '2026-11-01' + n % 30 from generate_series(1, $3::integer) n`,
        [test.hospitalId, examId, readings],
      );
      await test.asOwner(
        `insert into reading (hospital_id, reading_id, film_id, act, account_id, standard_id, standard_version,
           software_version, marks, grade)
         select $1, md5('r' || n)::uuid, md5('f' || n)::uuid, 'grade', md5('a')::uuid, 'default', 1, 'bench',
           case n % 3 when 0 then '[]' when 1 then '[{"code":"D03","step":1}]'
             else '[{"code":"D05","step":2},{"code":"D12","step":1}]' end::jsonb, 'A'
         from generate_series(1, $2::integer) n`,
        [test.hospitalId, readings],
      );
      await test.asOwner('analyze film');
      await test.asOwner('analyze reading');
      const times: number[] = [];
      for (let round = 0; round < rounds; round += 1) {
        const started = performance.now();
        const { all } = await test.database.withHospital(test.hospitalId, (unit) =>
          simulateStandard(unit, fiveConditions, days),
        );
        times.push(performance.now() - started);
        progress(`${all.readings} readings: ${times.at(-1)?.toFixed(0)} ms`);
      }
      const slowest = Math.max(...times);
      const figures = [`${median(times).toFixed(0)} ms`, `${slowest.toFixed(0)} ms`];
      return {
        tables: [
          {
            title: `${readings} readings of 30 days, five conditions tried`,
            columns: ['what', 'median', 'slowest'],
            rows: [['the trial', ...figures]],
          },
        ],
        targets: [
          {
            claim: 'simulate a changed standard on 100,000 readings < 3 s',
            measured: figures.join(', slowest '),
            isMet: slowest < targetMs,
          },
        ],
        measurements: { times },
      };
    } finally {
      await test.stop();
      await postgres.stop();
    }
  },
};
