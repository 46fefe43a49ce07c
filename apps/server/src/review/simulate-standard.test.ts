import { randomUUID } from 'node:crypto';
import { defaultStandard, type ReviewStandard } from '@jiapian/rules';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestDatabase, type TestDatabase } from '../../../../test/testkit/src/database.ts';
import { registerExam, registerReader } from '../../../../test/testkit/src/register-exam.ts';
import { simulateStandard } from './simulate-standard.ts';

let test: TestDatabase;
const days = { from: '2026-11-01', to: '2026-11-30' };
let device: string;
const filmIds = {
  plain: randomUUID(),
  coarse: randomUUID(),
  own: randomUUID(),
  gone: randomUUID(),
  early: randomUUID(),
};

beforeAll(async () => {
  test = await startTestDatabase();
  const h = test.hospitalId;
  const { accountId } = await registerReader(test, 'L1');
  const { examId, deviceId } = await registerExam(test);
  device = deviceId;
  const film = async (
    id: string,
    day: string,
    position: string,
    reading: { grade: string; marks: object[]; override?: string },
  ) => {
    const readingId = randomUUID();
    await test.asOwner(
      `insert into film (hospital_id, film_id, exam_id, kind, sop_instance_uid, position_code, state, grade, reading_id, day)
       values ($1, $2, $3, 'image', $4, $5, 'graded', $6, $7, $8)`,
      [h, id, examId, `2.25.${id.replaceAll('-', '').slice(0, 8)}`, position, reading.grade, readingId, day],
    );
    await test.asOwner(
      `insert into reading (hospital_id, reading_id, film_id, act, account_id, standard_id, standard_version,
         software_version, marks, grade, override_reason) values ($1, $2, $3, 'grade', $4, 'default', 1, 'x', $5, $6, $7)`,
      [h, readingId, id, accountId, JSON.stringify(reading.marks), reading.grade, reading.override ?? null],
    );
  };
  await film(filmIds.plain, '2026-11-10', 'CH01', { grade: 'A', marks: [] });
  await film(filmIds.coarse, '2026-11-11', 'CH01', { grade: 'A', marks: [{ code: 'D03', step: 1 }] });
  await film(filmIds.own, '2026-11-12', 'CH02', { grade: 'A', marks: [{ code: 'D03', step: 1 }], override: 'trauma' });
  await film(filmIds.gone, '2026-11-13', 'CH02', { grade: 'B', marks: [{ code: 'D14', step: 2 }] });
  await film(filmIds.early, '2026-10-31', 'CH01', { grade: 'A', marks: [{ code: 'D03', step: 1 }] });
});
afterAll(() => test.stop());

/** Rotation costs 30 points at once; the breath phase is not judged any more. */
const stricter: ReviewStandard = {
  ...defaultStandard,
  deductions: defaultStandard.deductions
    .filter(({ code }) => code !== 'D14')
    .map((item) => (item.code === 'D03' ? { ...item, steps: [30, 40, 50] } : item)),
};
const simulate = (standard: ReviewStandard, hospitalId = test.hospitalId) =>
  test.database.withHospital(hospitalId, (unit) => simulateStandard(unit, standard, days));

describe('a standard tried on past grades', () => {
  it('moves nothing when it is the same standard', async () => {
    const { all, films } = await simulate(defaultStandard);
    expect(all).toMatchObject({ readings: 4, better: 0, stricter: 0 });
    expect(films).toEqual([]);
  });

  it('says how many films move, by device and position, and names them', async () => {
    const { all, devices, positions, films, partial, moves } = await simulate(stricter);
    // 70 points make 丙; the film without its mark becomes 甲; the reader's own judgement stays.
    expect(all).toEqual({ readings: 4, before: { A: 3, B: 1 }, after: { A: 3, C: 1 }, better: 1, stricter: 1 });
    expect(devices).toMatchObject([{ deviceId: device, readings: 4 }]);
    expect(
      new Map(positions.map(({ positionCode, better, stricter: worse }) => [positionCode, [better, worse]])),
    ).toEqual(
      new Map([
        ['CH01', [0, 1]],
        ['CH02', [1, 0]],
      ]),
    );
    expect(new Map(films.map(({ filmId, before, after }) => [filmId, `${before}${after}`]))).toEqual(
      new Map([
        [filmIds.coarse, 'AC'],
        [filmIds.gone, 'BA'],
      ]),
    );
    expect(partial).toBe(1);
    expect(new Map(moves.map(({ before, after, films: count }) => [`${before}${after}`, count]))).toEqual(
      new Map([
        ['AA', 2],
        ['AC', 1],
        ['BA', 1],
      ]),
    );
  });

  it('reads no film of another hospital', async () => {
    expect((await simulate(stricter, test.otherHospitalId)).all.readings).toBe(0);
  });
});
