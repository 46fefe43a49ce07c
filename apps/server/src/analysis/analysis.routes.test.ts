import { randomUUID } from 'node:crypto';
import { backlogSchema, type FilmAnalysis, filmAnalysisSchema, ruleListSchema } from '@jiapian/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AnalysisUnderTest, startAnalysis } from './analysis.fixture.ts';
import { analysisVersion } from './analysis-version.ts';
import { createMeasurePool } from './measure-pool.ts';
import { measureTasks } from './measure-tasks.ts';
import { queueBacklog, queueExam, takeTasks } from './tasks.repository.ts';

const names = [
  'exposure-index/DX-Im-GE_XR220-1.dcm',
  'exposure-index/DX-Im-Carestream_DRX.dcm',
  'rdsr/CT-RDSR-Siemens-Multi-3.dcm',
  'rdsr/CT-RDSR-Siemens-Multi-2.dcm',
  'dx/cr-chest-pa-philips-j2k.dcm',
  'malformed/trunc-in-fragment.dcm',
] as const;

let room: AnalysisUnderTest;
beforeAll(async () => {
  room = await startAnalysis(names, [names[0], names[4], names[5]]);
  // The film shows something else than was ordered; another order of the exam was called off.
  await room.order(names[0], '左手正斜位', 'arrived');
  await room.order(names[0], '腹部正位', 'cancelled');
}, 60_000);
afterAll(() => room.stop());

const never = new AbortController().signal;
const analysisOf = async (name: string): Promise<FilmAnalysis> =>
  filmAnalysisSchema.parse((await room.ask(`/api/v1/films/${room.films.get(name)}/analysis`)).json());

describe('measuring', () => {
  it('queues an exam once, however often it is asked to, and says that it waits', async () => {
    await room.inHospital(async (unit) => {
      await queueExam(unit, room.exams.get(names[0])!, analysisVersion, room.clock.now());
      await queueExam(unit, room.exams.get(names[0])!, analysisVersion, room.clock.now());
    });
    expect(await analysisOf(names[0])).toEqual({ state: 'waiting', waiting: 1, subjects: [], doseScreens: [] });
  });

  it('gives a task that somebody looks at to nobody twice', async () => {
    const first = await room.test.database.withSystem((system) => takeTasks(system, 10, room.clock.now()));
    const second = await room.test.database.withSystem((system) => takeTasks(system, 10, room.clock.now()));
    expect(first).toHaveLength(1);
    expect(second).toEqual([]);
    // The process dies here: after the lease the task is there again.
    room.clock.advanceMs(16 * 60_000);
    expect(await measureTasks(room.parts(), never)).toBe(1);
  });

  it('catches up what was never measured, and finds nothing the second time', async () => {
    await room.test.asOwner(`update exam set state = 'ready'`, []);
    const queued = await room.inHospital((unit) => queueBacklog(unit, analysisVersion, 100, room.clock.now()));
    expect(queued).toBe(names.length - 1);
    expect(await room.inHospital((unit) => queueBacklog(unit, analysisVersion, 100, room.clock.now()))).toBe(0);
    expect(await measureTasks(room.parts(), never)).toBe(names.length - 1);
    const backlog = backlogSchema.parse((await room.ask('/api/v1/analysis/backlog')).json());
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
    await room.inHospital((unit) => queueExam(unit, room.exams.get(names[0])!, analysisVersion + 1, room.clock.now()));
    expect(await measureTasks(room.parts(), never)).toBe(1);
    const rows = await room.test.asOwner(
      `select analysis_version from analysis_run where subject_uid = $1 order by 1`,
      [room.uids.get(names[0])],
    );
    expect(rows).toEqual([{ analysis_version: analysisVersion }, { analysis_version: analysisVersion + 1 }]);
    expect((await analysisOf(names[0])).subjects[0]?.analysisVersion).toBe(analysisVersion + 1);
  });

  it('refuses to change a result', async () => {
    await expect(
      room.inHospital((unit) => unit.db.updateTable('measurement').set({ value: 0 }).execute()),
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
    room.clock.advanceMs(1_000);
    const hostile = createMeasurePool({ program: program(act), timeoutMs: 2_000 });
    await room.test.asOwner(`update analysis_task set state = 'waiting', attempts = 0 where subject_uid = $1`, [
      room.uids.get(names[5]),
    ]);
    expect(await measureTasks(room.parts({ pool: hostile }), never)).toBe(1);
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
      const said = await room.app.inject({
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
    const said = await room.app.inject({
      method: 'POST',
      url: `/api/v1/findings/${findingId}/answer`,
      payload: { answer: 'agree' },
      headers: { 'x-caller': 'second' },
    });
    expect(said.statusCode).toBe(404);
    expect((await room.ask(`/api/v1/films/${room.films.get(names[0])}/analysis`, 'second')).statusCode).toBe(404);
  });

  it('need the right to grade to be answered', async () => {
    const said = await room.app.inject({
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
    const rows = async () => ruleListSchema.parse((await room.ask('/api/v1/analysis/rules')).json());
    const [run] = await room.test.asOwner<{ run_id: string }>(`select run_id from finding where finding_id = $1`, [
      finding!.findingId,
    ]);
    const { answersBeforeSilence } = await rows();
    // As if many films had carried the hint: the same run, one hint each.
    for (let at = 1; at < answersBeforeSilence; at += 1) {
      const findingId = randomUUID();
      await room.test.asOwner(
        `insert into finding select hospital_id, $1, run_id, rule, rule_version, severity, message, deduction, evidence, false
         from finding where run_id = $2 and rule = $3 limit 1`,
        [findingId, run!.run_id, rule],
      );
      await room.app.inject({
        method: 'POST',
        url: `/api/v1/findings/${findingId}/answer`,
        payload: { answer: 'disagree' },
      });
    }
    expect((await of()).length).toBeGreaterThan(0);
    await room.app.inject({
      method: 'POST',
      url: `/api/v1/findings/${finding!.findingId}/answer`,
      payload: { answer: 'disagree' },
    });
    expect(await of()).toEqual([]);
    const silenced = (await rows()).items.find((row) => row.rule === rule);
    expect(silenced).toMatchObject({ isSilenced: true, rejected: answersBeforeSilence, agreed: 0 });
    room.clock.advanceMs(1_000);
    const lift = await room.app.inject({ method: 'DELETE', url: `/api/v1/analysis/rules/${rule}/silence` });
    expect(lift.statusCode).toBe(204);
    expect((await of()).length).toBeGreaterThan(0);
    expect((await rows()).items.find((row) => row.rule === rule)).toMatchObject({ isSilenced: false, rejected: 0 });
    const again = await room.app.inject({ method: 'DELETE', url: `/api/v1/analysis/rules/${rule}/silence` });
    expect(again.statusCode).toBe(404);
  });
});
