import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import {
  backlogSchema,
  dosePageSchema,
  distributionSchema,
  exposureSchema,
  type FilmAnalysis,
  filmAnalysisSchema,
  measuredFilmPageSchema,
  patientDoseSchema,
  ruleListSchema,
  ruleWeekSchema,
} from '@jiapian/contract';
import { readHeaderFacts } from '@jiapian/dicom';
import { fixedClock } from '@jiapian/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestDatabase, type TestDatabase } from '../../../../test/testkit/src/database.ts';
import { type HeldObjects, startHeldObjects } from '../../../../test/testkit/src/held-objects.ts';
import { startRoomHttp } from '../../../../test/testkit/src/room-http.ts';
import { registerReader } from '../../../../test/testkit/src/register-exam.ts';
import { sample } from '../../../../test/testkit/src/samples.ts';
import { createRegister, type ReceivedObject } from '../exams/index.ts';
import type { App } from '../platform/app.ts';
import { silentLog } from '../platform/log.ts';
import { type AnalysisRoom, createAnalysisRoom } from './analysis-room.ts';
import { analysisVersion } from './analysis-version.ts';
import { createMeasurePool, type MeasurePool } from './measure-pool.ts';
import { measureTasks } from './measure-tasks.ts';
import { queueBacklog, queueExam, takeTasks } from './tasks.repository.ts';

let test: TestDatabase;
let held: HeldObjects;
let room: AnalysisRoom;
let app: App;
let pool: MeasurePool;
const clock = fixedClock(new Date('2026-11-24T08:00:00Z'));
const liveEvents = { publishWith: async () => undefined };
const names = [
  'exposure-index/DX-Im-GE_XR220-1.dcm',
  'exposure-index/DX-Im-Carestream_DRX.dcm',
  'rdsr/CT-RDSR-Siemens-Multi-3.dcm',
  'rdsr/CT-RDSR-Siemens-Multi-2.dcm',
  'dx/cr-chest-pa-philips-j2k.dcm',
  'malformed/trunc-in-fragment.dcm',
] as const;
const exams = new Map<string, string>();
const uids = new Map<string, string>();
const films = new Map<string, string>();

const parts = (over: { pool?: MeasurePool } = {}) => ({
  database: test.database,
  clock,
  store: held.store,
  pool: over.pool ?? pool,
  log: silentLog,
  liveEvents,
});
const inHospital: TestDatabase['database']['withHospital'] = (_, work) =>
  test.database.withHospital(test.hospitalId, work);
const never = new AbortController().signal;

beforeAll(async () => {
  test = await startTestDatabase();
  await test.asOwner(`update hospital set created_at = now() + interval '1 day' where hospital_id = $1`, [
    test.otherHospitalId,
  ]);
  held = await startHeldObjects(clock);
  const { registerBatch } = createRegister({ database: test.database, clock, store: held.store, liveEvents });
  const received: ReceivedObject[] = [];
  for (const name of names) {
    const bytes = new Uint8Array(await readFile(sample(name)));
    uids.set(name, readHeaderFacts(bytes).sopInstanceUid);
    received.push(await held.hold(bytes));
  }
  await registerBatch(received);
  for (const name of names) {
    const [row] = await test.asOwner<{ exam_id: string }>(`select exam_id from instance where sop_instance_uid = $1`, [
      uids.get(name),
    ]);
    exams.set(name, row!.exam_id);
  }
  for (const name of [names[0], names[1], names[4], names[5]]) {
    films.set(name, randomUUID());
    await test.asOwner(
      `insert into film (hospital_id, film_id, exam_id, kind, sop_instance_uid, position_code, day)
       values ($1, $2, $3, 'image', $4, 'CH01', '2026-11-24')`,
      [test.hospitalId, films.get(name), exams.get(name), uids.get(name)],
    );
  }
  // The film shows something else than was ordered; another order of the exam was called off.
  for (const [procedure, state] of [
    ['左手正斜位', 'arrived'],
    ['腹部正位', 'cancelled'],
  ])
    await test.asOwner(
      `insert into imaging_order (hospital_id, order_id, order_key, procedure_name, state, exam_id, source, told_at,
         received_at, changed_at) values ($1, gen_random_uuid(), $2, $2, $3, $4, 'api', now(), now(), now())`,
      [test.hospitalId, procedure, state, exams.get(names[0])],
    );
  pool = createMeasurePool();
  room = createAnalysisRoom({ database: test.database, clock, log: silentLog, liveEvents }, held.store);
  app = await startRoomHttp(test, (frame) => room.routes?.(frame));
}, 60_000);
afterAll(async () => {
  await app.close();
  await room.stop?.();
  await pool.close();
  await held.close();
  await test.stop();
});

const ask = async (url: string, caller = 'first') => app.inject({ url, headers: { 'x-caller': caller } });
const analysisOf = async (name: string): Promise<FilmAnalysis> =>
  filmAnalysisSchema.parse((await ask(`/api/v1/films/${films.get(name)}/analysis`)).json());
const days = 'fromDay=1990-01-01&toDay=2027-01-01';

describe('measuring', () => {
  it('queues an exam once, however often it is asked to, and says that it waits', async () => {
    await inHospital('', async (unit) => {
      await queueExam(unit, exams.get(names[0])!, analysisVersion, clock.now());
      await queueExam(unit, exams.get(names[0])!, analysisVersion, clock.now());
    });
    expect(await analysisOf(names[0])).toEqual({ state: 'waiting', waiting: 1, subjects: [] });
  });

  it('gives a task that somebody looks at to nobody twice', async () => {
    const first = await test.database.withSystem((system) => takeTasks(system, 10, clock.now()));
    const second = await test.database.withSystem((system) => takeTasks(system, 10, clock.now()));
    expect(first).toHaveLength(1);
    expect(second).toEqual([]);
    // The process dies here: after the lease the task is there again.
    clock.advanceMs(16 * 60_000);
    expect(await measureTasks(parts(), never)).toBe(1);
  });

  it('catches up what was never measured, and finds nothing the second time', async () => {
    await test.asOwner(`update exam set state = 'ready'`, []);
    const queued = await inHospital('', (unit) => queueBacklog(unit, analysisVersion, 100, clock.now()));
    expect(queued).toBe(names.length - 1);
    expect(await inHospital('', (unit) => queueBacklog(unit, analysisVersion, 100, clock.now()))).toBe(0);
    expect(await measureTasks(parts(), never)).toBe(names.length - 1);
    const backlog = backlogSchema.parse((await ask('/api/v1/analysis/backlog')).json());
    expect(backlog).toMatchObject({ waiting: 0, measuredLastHour: names.length });
  });

  it('stores what was measured with unit, method, version, checksum and software', async () => {
    const { state, subjects } = await analysisOf(names[0]);
    expect(state).toBe('measured');
    expect(subjects).toHaveLength(1);
    const [subject] = subjects;
    expect(subject).toMatchObject({ modality: 'DX', analysisVersion, failureReason: null });
    expect(subject?.inputSha256).toMatch(/^[0-9a-f]{64}$/);
    expect(subject?.softwareVersion).not.toBe('');
    // The console wrote −9.3; 10·log₁₀(51.745061 ÷ 438.469173) is −9.2807.
    const deviation = subject?.measurements.find(({ metric }) => metric === 'deviation-index');
    expect(deviation).toMatchObject({ unit: '1', method: 'iec-62494-1', version: 1 });
    expect(deviation?.value).toBeCloseTo(-9.2807, 4);
    expect(subject?.findings.map(({ rule }) => rule)).toContain('exposure-far-under');
    expect(subject?.dose).toMatchObject({ source: 'header', eventCount: 1 });
  });

  it('compares the film with the order of its exam', async () => {
    const [subject] = (await analysisOf(names[0])).subjects;
    const found = subject?.findings.find(({ rule }) => rule === 'order-part-disagrees');
    expect(found).toMatchObject({ severity: 'warning', deduction: 'D01' });
    expect(found?.message.en).toContain('左手正斜位');
  });

  it('measures the pixels of a film and names what it cannot', async () => {
    const [subject] = (await analysisOf(names[4])).subjects;
    expect(subject?.measurements.length).toBeGreaterThan(10);
    expect(subject?.notMeasured).toContainEqual({
      metric: 'exposure-index',
      where: null,
      reason: 'exposure-index-missing',
    });
  });

  it('measures again what has a new version and keeps both', async () => {
    await inHospital('', (unit) => queueExam(unit, exams.get(names[0])!, analysisVersion + 1, clock.now()));
    expect(await measureTasks(parts(), never)).toBe(1);
    const rows = await test.asOwner(`select analysis_version from analysis_run where subject_uid = $1 order by 1`, [
      uids.get(names[0]),
    ]);
    expect(rows).toEqual([{ analysis_version: analysisVersion }, { analysis_version: analysisVersion + 1 }]);
    expect((await analysisOf(names[0])).subjects[0]?.analysisVersion).toBe(analysisVersion + 1);
  });

  it('refuses to change a result', async () => {
    await expect(
      inHospital('', (unit) => unit.db.updateTable('measurement').set({ value: 0 }).execute()),
    ).rejects.toThrow();
  });
});

describe('a hostile file', () => {
  /** Stands for a codec that hangs on one file and breaks down on another. */
  const program = (act: string): URL =>
    new URL(
      `data:text/javascript,${encodeURIComponent(`
        import { parentPort } from 'node:worker_threads';
        parentPort.on('message', ({ id, task }) => {
          if (task.scope !== 'header') { ${act} }
          parentPort.postMessage({ id, result: { header: null, measurements: [], notMeasured: [] } });
        });`)}`,
    );

  it.each([
    ['for (;;);', 'took too long'],
    ['process.exit(3);', 'broke down'],
    ["throw new Error('x');", 'broke down'],
  ])('that makes a thread do %s marks itself', async (act, words) => {
    clock.advanceMs(1_000);
    const hostile = createMeasurePool({ program: program(act), timeoutMs: 2_000 });
    await test.asOwner(`update analysis_task set state = 'waiting', attempts = 0 where subject_uid = $1`, [
      uids.get(names[5]),
    ]);
    expect(await measureTasks(parts({ pool: hostile }), never)).toBe(1);
    const [subject] = (await analysisOf(names[5])).subjects;
    expect(subject?.failureReason).toContain(words);
    expect(subject?.notMeasured).toContainEqual({ metric: 'pixels', where: null, reason: subject?.failureReason });
    await hostile.close();
  });
});

describe('hints', () => {
  it('keep what a reader says; the last word counts', async () => {
    const { findingId } = (await analysisOf(names[0])).subjects[0]!.findings[0]!;
    for (const answer of ['disagree', 'agree']) {
      const said = await app.inject({
        method: 'POST',
        url: `/api/v1/findings/${findingId}/answer`,
        payload: { answer },
      });
      expect(said.statusCode).toBe(204);
    }
    const finding = (await analysisOf(names[0])).subjects[0]!.findings.find((one) => one.findingId === findingId);
    expect(finding?.answer).toBe('agree');
  });

  it('of another hospital cannot be answered, nor seen', async () => {
    const { findingId } = (await analysisOf(names[0])).subjects[0]!.findings[0]!;
    const said = await app.inject({
      method: 'POST',
      url: `/api/v1/findings/${findingId}/answer`,
      payload: { answer: 'agree' },
      headers: { 'x-caller': 'second' },
    });
    expect(said.statusCode).toBe(404);
    expect((await ask(`/api/v1/films/${films.get(names[0])}/analysis`, 'second')).statusCode).toBe(404);
  });

  it('need the right to grade to be answered', async () => {
    const said = await app.inject({
      method: 'POST',
      url: `/api/v1/findings/${randomUUID()}/answer`,
      payload: { answer: 'agree' },
      headers: { 'x-caller': 'first:review.read' },
    });
    expect(said.statusCode).toBe(403);
  });

  it('of a rule that readers keep rejecting are no longer shown, until a person lifts its silence', async () => {
    const rule = 'operator-missing';
    const of = async () => (await analysisOf(names[0])).subjects[0]!.findings.filter((one) => one.rule === rule);
    const [finding] = await of();
    const rows = async () => ruleListSchema.parse((await ask('/api/v1/analysis/rules')).json());
    const [run] = await test.asOwner<{ run_id: string }>(`select run_id from finding where finding_id = $1`, [
      finding!.findingId,
    ]);
    const { answersBeforeSilence } = await rows();
    // As if many films had carried the hint: the same run, one hint each.
    for (let at = 1; at < answersBeforeSilence; at += 1) {
      const findingId = randomUUID();
      await test.asOwner(
        `insert into finding select hospital_id, $1, run_id, rule, rule_version, severity, message, deduction, evidence, false
         from finding where run_id = $2 and rule = $3 limit 1`,
        [findingId, run!.run_id, rule],
      );
      await app.inject({
        method: 'POST',
        url: `/api/v1/findings/${findingId}/answer`,
        payload: { answer: 'disagree' },
      });
    }
    expect((await of()).length).toBeGreaterThan(0);
    await app.inject({
      method: 'POST',
      url: `/api/v1/findings/${finding!.findingId}/answer`,
      payload: { answer: 'disagree' },
    });
    expect(await of()).toEqual([]);
    const silenced = (await rows()).items.find((row) => row.rule === rule);
    expect(silenced).toMatchObject({ isSilenced: true, rejected: answersBeforeSilence, agreed: 0 });
    clock.advanceMs(1_000);
    const lift = await app.inject({ method: 'DELETE', url: `/api/v1/analysis/rules/${rule}/silence` });
    expect(lift.statusCode).toBe(204);
    expect((await of()).length).toBeGreaterThan(0);
    expect((await rows()).items.find((row) => row.rule === rule)).toMatchObject({ isSilenced: false, rejected: 0 });
    const again = await app.inject({ method: 'DELETE', url: `/api/v1/analysis/rules/${rule}/silence` });
    expect(again.statusCode).toBe(404);
  });
});

describe('figures over time', () => {
  it('each point of a distribution opens its film', async () => {
    const query = `${days}&metric=deviation-index`;
    const answer = distributionSchema.parse((await ask(`/api/v1/analysis/distribution?${query}`)).json());
    expect(answer.points).toHaveLength(2);
    expect(answer.points.map(({ filmId }) => filmId)).toContain(films.get(names[0]));
    // −9.2807 and 0.552: the median lies half way.
    expect(answer.percentiles?.p50).toBeCloseTo((-9.2807 + 0.552) / 2, 3);
  });

  const listed = async (query: string, cursor?: string | null) =>
    measuredFilmPageSchema.parse(
      (await ask(`/api/v1/analysis/films?${days}&${query}${cursor ? `&cursor=${cursor}` : ''}`)).json(),
    );

  const filmsBy = async (metric: string, order: string) => {
    const rows: { filmId: string; value: number | null | undefined }[] = [];
    let cursor: string | null | undefined;
    do {
      const page = await listed(`columns=${metric}&sort=${metric}&order=${order}&limit=1`, cursor);
      rows.push(...page.items.map(({ filmId, values }) => ({ filmId, value: values[0]?.value })));
      cursor = page.nextCursor;
    } while (cursor);
    return rows;
  };

  it.each(['asc', 'desc'])('films stand by a figure, %s, page by page, those without it last', async (order) => {
    const rows = await filmsBy('deviation-index', order);
    // GE −9.28, Carestream 0.552 by the same formula; a chest without an index.
    const measured = [films.get(names[0]), films.get(names[1])];
    expect(rows.slice(0, 2).map(({ filmId }) => filmId)).toEqual(order === 'asc' ? measured : measured.toReversed());
    expect(rows[order === 'asc' ? 0 : 1]?.value).toBeCloseTo(-9.2807, 4);
    expect(rows.slice(2)).toEqual([{ filmId: films.get(names[4]), value: null }]);
    // By a figure that nobody has every film stands once.
    const without = await filmsBy('ssde', order);
    expect(without.map(({ filmId }) => filmId)).toEqual([...measured, films.get(names[4])].toSorted());
  });

  it('a film without a figure says why, and of a device or position only its films are listed', async () => {
    const { items } = await listed('columns=exposure-index,clipping|black');
    const chest = items.find(({ filmId }) => filmId === films.get(names[4]));
    expect(chest?.values[0]).toEqual({ value: null, unit: '', subjects: 0, reason: 'exposure-index-missing' });
    expect((await listed('columns=noise&positionCode=UL99')).items).toEqual([]);
    const other = await ask(`/api/v1/analysis/films?${days}&columns=noise`, 'second');
    expect(other.json()).toEqual({ items: [], nextCursor: null, total: null });
  });

  it.each(['columns=', 'columns=a;drop', 'columns=noise&sort=a|b|c', `columns=noise&cursor=${btoa('["1;","x"]')}`])(
    'a list of films asked for with %s is refused',
    async (query) => {
      expect((await ask(`/api/v1/analysis/films?${days}&${query}`)).statusCode).toBe(400);
    },
  );

  it('the list of films is a file for those who may take it away', async () => {
    const path = `/api/v1/analysis/films/export?${days}&columns=deviation-index&sort=deviation-index&format=csv&locale=en`;
    const file = await ask(path);
    expect(file.headers['content-disposition']).toContain('measured-films.csv');
    expect(file.body.split('\n')[0]).toContain('deviation-index');
    expect(file.body.trim().split('\n')).toHaveLength(4);
    expect((await ask(path, 'first:analysis.read')).statusCode).toBe(403);
  });

  it.each(['device', 'position', 'technologist'])('exposure by %s counts every radiograph once', async (by) => {
    const answer = exposureSchema.parse((await ask(`/api/v1/analysis/exposure?${days}&by=${by}`)).json());
    // Four radiographs; the one that broke down three times has no modality that could be read.
    expect(answer.films).toBe(3);
    expect(answer.groups.reduce((sum, { withIndex }) => sum + withIndex, 0)).toBe(2);
    expect(answer.groups.reduce((sum, { farUnder }) => sum + farUnder, 0)).toBe(1);
    expect(answer.offTargetShare).toBe(0.5);
  });

  it('dose stands beside the reference level of its region', async () => {
    const page = dosePageSchema.parse((await ask(`/api/v1/analysis/dose?${days}`)).json());
    const chest = page.groups.find(
      ({ quantity, levelCode }) => quantity === 'dlpMgyCm' && levelCode === 'ct-adult-chest',
    );
    // Two cumulative reports of one chest scan: 77.27 and 236.09 mGy·cm; WS/T 637 states 470.
    expect(chest).toMatchObject({ exams: 2, above: 0, reference: { p75: 470, verified: false } });
    expect(chest?.p50).toBeCloseTo((77.27 + 236.09) / 2, 6);
  });

  it('the dose of a patient counts an irradiation once, though two reports tell of it', async () => {
    const dose = patientDoseSchema.parse((await ask(`/api/v1/exams/${exams.get(names[2])}/patient-dose`)).json());
    // The third cumulative report holds all three events: 236.09 mGy·cm by its own total.
    expect(dose.totals.dlpMgyCm).toBeCloseTo(7.46 + 69.81 + 158.82, 6);
  });

  it('of a hospital are seen by that hospital alone', async () => {
    const answer = exposureSchema.parse((await ask(`/api/v1/analysis/exposure?${days}`, 'second')).json());
    expect(answer).toEqual({ groups: [], films: 0, offTargetShare: null });
  });
});

describe('the card of a week', () => {
  const day = '2026-11-25';
  const weekOf = async (asked: string) =>
    ruleWeekSchema.parse((await ask(`/api/v1/analysis/rules/week?day=${asked}`)).json());

  it('compares each rule with what readers said, and names what they marked without a hint', async () => {
    const { accountId } = await registerReader(test, 'week');
    const readingId = randomUUID();
    // The order asked for a hand: D01 had its hint. Nothing spoke of D09.
    await test.asOwner(
      `insert into reading (hospital_id, reading_id, film_id, act, account_id, standard_id, standard_version,
         software_version, grade, marks)
       values ($1, $2, $3, 'grade', $4, 's', 1, '0', 'C', '[{"code":"D01"},{"code":"D09"}]')`,
      [test.hospitalId, readingId, films.get(names[0]), accountId],
    );
    await test.asOwner(
      `update film set state = 'graded', grade = 'C', reading_id = $2, graded_at = $3 where film_id = $1`,
      [films.get(names[0]), readingId, clock.now()],
    );
    const week = await weekOf(day);
    // The 25th was a Wednesday.
    expect(week).toMatchObject({ fromDay: '2026-11-23', toDay: '2026-11-29', films: 1 });
    expect(week.items).toEqual([
      expect.objectContaining({ deduction: 'D01', marked: 1, hinted: 1, missed: 0 }),
      expect.objectContaining({ deduction: 'D09', marked: 1, hinted: 0, missed: 1 }),
    ]);
    const order = week.rules.find(({ rule }) => rule === 'order-part-disagrees');
    expect(order).toMatchObject({ spoken: 1, agreed: 1, rejected: 0, unanswered: 0, deduction: 'D01' });
    // It had been silenced and given another chance.
    const operator = week.rules.find(({ rule }) => rule === 'operator-missing');
    expect(operator).toMatchObject({ wasSilenced: true, isSilenced: false });
    expect(operator?.rejected).toBeGreaterThan(0);
    for (const { spoken, agreed, rejected, unanswered } of week.rules)
      expect(agreed + rejected + unanswered).toBe(spoken);
  });

  it('of another week or hospital is empty', async () => {
    expect(await weekOf('2026-11-30')).toMatchObject({ fromDay: '2026-11-30', rules: [], items: [], films: 0 });
    const other = await ask(`/api/v1/analysis/rules/week?day=${day}`, 'second');
    expect(other.json()).toMatchObject({ rules: [], items: [], films: 0 });
  });

  it('can be printed and taken as a file', async () => {
    const paper = await app.inject({ url: `/api/v1/analysis/rules/week/print?day=${day}&locale=zh-CN` });
    expect(paper.headers['content-type']).toBe('application/pdf');
    expect(paper.rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
    const file = await ask(`/api/v1/analysis/rules/week/export?day=${day}&format=csv&locale=en`);
    expect(file.body).toContain('order-part-disagrees');
    const refused = await ask(`/api/v1/analysis/rules/week/export?day=${day}&format=csv`, 'first:analysis.read');
    expect(refused.statusCode).toBe(403);
  });
});
