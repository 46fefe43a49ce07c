import { randomUUID } from 'node:crypto';
import {
  distributionSchema,
  dosePageSchema,
  exposureSchema,
  filmAnalysisSchema,
  measuredFilmPageSchema,
  patientDoseSchema,
  ruleWeekSchema,
  typedFiguresSchema,
} from '@jiapian/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registerReader } from '../../../../test/testkit/src/register-exam.ts';
import { type AnalysisUnderTest, startAnalysis } from './analysis.fixture.ts';
import { analysisVersion } from './analysis-version.ts';
import { measureTasks } from './measure-tasks.ts';
import { queueBacklog } from './tasks.repository.ts';
import { typeDose } from './type-dose.ts';

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
  room = await startAnalysis(names, [names[0], names[1], names[4], names[5]]);
  await room.order(names[0], '左手正斜位', 'arrived');
  await room.test.asOwner(`update exam set state = 'ready'`, []);
  await room.inHospital((unit) => queueBacklog(unit, analysisVersion, 100, room.clock.now()));
  await measureTasks(room.parts(), new AbortController().signal);
}, 60_000);
afterAll(() => room.stop());

const days = 'fromDay=1990-01-01&toDay=2027-01-01';

describe('figures over time', () => {
  it('each point of a distribution opens its film', async () => {
    const query = `${days}&metric=deviation-index`;
    const answer = distributionSchema.parse((await room.ask(`/api/v1/analysis/distribution?${query}`)).json());
    expect(answer.points).toHaveLength(2);
    expect(answer.points.map(({ filmId }) => filmId)).toContain(room.films.get(names[0]));
    // −9.2807 and 0.552: the median lies half way.
    expect(answer.percentiles?.p50).toBeCloseTo((-9.2807 + 0.552) / 2, 3);
  });

  const listed = async (query: string, cursor?: string | null) =>
    measuredFilmPageSchema.parse(
      (await room.ask(`/api/v1/analysis/films?${days}&${query}${cursor ? `&cursor=${cursor}` : ''}`)).json(),
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
    const measured = [room.films.get(names[0]), room.films.get(names[1])];
    expect(rows.slice(0, 2).map(({ filmId }) => filmId)).toEqual(order === 'asc' ? measured : measured.toReversed());
    expect(rows[order === 'asc' ? 0 : 1]?.value).toBeCloseTo(-9.2807, 4);
    expect(rows.slice(2)).toEqual([{ filmId: room.films.get(names[4]), value: null }]);
    // By a figure that nobody has every film stands once.
    const without = await filmsBy('ssde', order);
    expect(without.map(({ filmId }) => filmId)).toEqual(
      [...measured, room.films.get(names[4])].toSorted((one, other) => String(one).localeCompare(String(other))),
    );
  });

  it('a film without a figure says why, and of a device or position only its films are listed', async () => {
    const { items } = await listed('columns=exposure-index,clipping|black');
    const chest = items.find(({ filmId }) => filmId === room.films.get(names[4]));
    expect(chest?.values[0]).toEqual({ value: null, unit: '', subjects: 0, reason: 'exposure-index-missing' });
    expect((await listed('columns=noise&positionCode=UL99')).items).toEqual([]);
    const other = await room.ask(`/api/v1/analysis/films?${days}&columns=noise`, 'second');
    expect(other.json()).toEqual({ items: [], nextCursor: null, total: null });
  });

  it.each(['columns=', 'columns=a;drop', 'columns=noise&sort=a|b|c', `columns=noise&cursor=${btoa('["1;","x"]')}`])(
    'a list of films asked for with %s is refused',
    async (query) => {
      expect((await room.ask(`/api/v1/analysis/films?${days}&${query}`)).statusCode).toBe(400);
    },
  );

  it('the list of films is a file for those who may take it away', async () => {
    const path = `/api/v1/analysis/films/export?${days}&columns=deviation-index&sort=deviation-index&format=csv&locale=en`;
    const file = await room.ask(path);
    expect(file.headers['content-disposition']).toContain('measured-films.csv');
    expect(file.body.split('\n')[0]).toContain('deviation-index');
    expect(file.body.trim().split('\n')).toHaveLength(4);
    expect((await room.ask(path, 'first:analysis.read')).statusCode).toBe(403);
  });

  it.each(['device', 'position', 'technologist'])('exposure by %s counts every radiograph once', async (by) => {
    const answer = exposureSchema.parse((await room.ask(`/api/v1/analysis/exposure?${days}&by=${by}`)).json());
    // Four radiographs; the one that broke down three times has no modality that could be read.
    expect(answer.films).toBe(3);
    expect(answer.groups.reduce((sum, { withIndex }) => sum + withIndex, 0)).toBe(2);
    expect(answer.groups.reduce((sum, { farUnder }) => sum + farUnder, 0)).toBe(1);
    expect(answer.offTargetShare).toBe(0.5);
  });

  it('dose stands beside the reference level of its region', async () => {
    const page = dosePageSchema.parse((await room.ask(`/api/v1/analysis/dose?${days}`)).json());
    const chest = page.groups.find(
      ({ quantity, levelCode }) => quantity === 'dlpMgyCm' && levelCode === 'ct-adult-chest',
    );
    // Two cumulative reports of one chest scan: 77.27 and 236.09 mGy·cm; WS/T 637 states 470.
    expect(chest).toMatchObject({ exams: 2, above: 0, reference: { p75: 470, verified: false } });
    expect(chest?.p50).toBeCloseTo((77.27 + 236.09) / 2, 6);
  });

  it('the dose of a patient counts an irradiation once, though two reports tell of it', async () => {
    const dose = patientDoseSchema.parse(
      (await room.ask(`/api/v1/exams/${room.exams.get(names[2])}/patient-dose`)).json(),
    );
    // The third cumulative report holds all three events: 236.09 mGy·cm by its own total.
    expect(dose.totals.dlpMgyCm).toBeCloseTo(7.46 + 69.81 + 158.82, 6);
  });

  it('of a hospital are seen by that hospital alone', async () => {
    const answer = exposureSchema.parse((await room.ask(`/api/v1/analysis/exposure?${days}`, 'second')).json());
    expect(answer).toEqual({ groups: [], films: 0, offTargetShare: null });
  });
});

describe('the card of a week', () => {
  const day = '2026-11-25';
  const weekOf = async (asked: string) =>
    ruleWeekSchema.parse((await room.ask(`/api/v1/analysis/rules/week?day=${asked}`)).json());

  it('compares each rule with what readers said, and names what they marked without a hint', async () => {
    const { accountId } = await registerReader(room.test, 'week');
    const readingId = randomUUID();
    // The order asked for a hand: D01 had its hint. Nothing spoke of D09.
    await room.test.asOwner(
      `insert into reading (hospital_id, reading_id, film_id, act, account_id, standard_id, standard_version,
         software_version, grade, marks)
       values ($1, $2, $3, 'grade', $4, 's', 1, '0', 'C', '[{"code":"D01"},{"code":"D09"}]')`,
      [room.test.hospitalId, readingId, room.films.get(names[0]), accountId],
    );
    await room.test.asOwner(
      `update film set state = 'graded', grade = 'C', reading_id = $2, graded_at = $3 where film_id = $1`,
      [room.films.get(names[0]), readingId, room.clock.now()],
    );
    const [hint] = await room.test.asOwner<{ finding_id: string }>(
      `select finding_id from finding where rule = 'operator-missing' limit 1`,
      [],
    );
    for (const answer of ['agree', 'disagree'])
      await room.app.inject({
        method: 'POST',
        url: `/api/v1/findings/${hint!.finding_id}/answer`,
        payload: { answer },
      });
    await room.test.asOwner(
      `insert into rule_silence (hospital_id, rule, rule_version, act, at) values ($1, 'operator-missing', 1, 'silenced', $2)`,
      [room.test.hospitalId, room.clock.now()],
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
    const operator = week.rules.find(({ rule }) => rule === 'operator-missing');
    expect(operator).toMatchObject({ wasSilenced: true, isSilenced: true, rejected: 1 });
    for (const { spoken, agreed, rejected, unanswered } of week.rules)
      expect(agreed + rejected + unanswered).toBe(spoken);
  });

  it('of another week or hospital is empty', async () => {
    expect(await weekOf('2026-11-30')).toMatchObject({ fromDay: '2026-11-30', rules: [], items: [], films: 0 });
    const other = await room.ask(`/api/v1/analysis/rules/week?day=${day}`, 'second');
    expect(other.json()).toMatchObject({ rules: [], items: [], films: 0 });
  });

  it('can be printed and taken as a file', async () => {
    const paper = await room.app.inject({ url: `/api/v1/analysis/rules/week/print?day=${day}&locale=zh-CN` });
    expect(paper.headers['content-type']).toBe('application/pdf');
    expect(paper.rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
    const file = await room.ask(`/api/v1/analysis/rules/week/export?day=${day}&format=csv&locale=en`);
    expect(file.body).toContain('order-part-disagrees');
    const refused = await room.ask(`/api/v1/analysis/rules/week/export?day=${day}&format=csv`, 'first:analysis.read');
    expect(refused.statusCode).toBe(403);
  });
});

describe('a dose screen that no program reads', () => {
  const examId = (): string => room.exams.get(names[1])!;
  const subjectUid = (): string => room.uids.get(names[1])!;
  const type = (payload: object, caller = 'first') =>
    room.app.inject({
      method: 'POST',
      url: `/api/v1/exams/${examId()}/typed-dose`,
      payload,
      headers: { 'x-caller': caller },
    });
  const screens = async () =>
    filmAnalysisSchema.parse((await room.ask(`/api/v1/exams/${examId()}/analysis`)).json()).doseScreens;
  const page = async () => dosePageSchema.parse((await room.ask(`/api/v1/analysis/dose?${days}`)).json());
  const patient = async () =>
    patientDoseSchema.parse((await room.ask(`/api/v1/exams/${examId()}/patient-dose`)).json());

  it('is refused for a picture that is none, without figures, and to those who may not correct', async () => {
    const figures = { dlpMgyCm: 470 };
    expect((await type({ subjectUid: subjectUid(), figures })).json()).toMatchObject({
      code: 'ANALYSIS_SUBJECT_NOT_FOUND',
    });
    expect((await type({ subjectUid: subjectUid(), figures: {} })).statusCode).toBe(400);
    expect((await type({ subjectUid: subjectUid(), figures: { dlpMgyCm: -1 } })).statusCode).toBe(400);
    expect((await type({ subjectUid: subjectUid(), figures: { dlpMgyCm: 50_001 } })).statusCode).toBe(400);
    expect((await type({ subjectUid: subjectUid(), figures }, 'first:exams.read')).statusCode).toBe(403);
  });

  it('is typed by a person, marked as such, and corrected or taken back beside the first entry', async () => {
    // As the screen of a CT: the picture tells no dose, and nothing else of the exam does.
    await room.test.asOwner(
      `insert into not_measured (hospital_id, run_id, metric, reason)
       select hospital_id, run_id, 'dose', 'dose-screen-is-a-picture-only' from analysis_run where subject_uid = $1`,
      [subjectUid()],
    );
    const accountId = (await registerReader(room.test, 'typist')).accountId;
    await room.test.asOwner(`update exam set modality = 'CT' where exam_id = $1`, [examId()]);
    expect(await screens()).toEqual([{ subjectUid: subjectUid(), typed: null }]);
    const before = await page();
    const typed = (figures: object | null) =>
      room.inHospital((unit) =>
        typeDose(unit, room.clock, { accountId, actor: 'typist' } as never, {
          ...{ examId: examId(), subjectUid: subjectUid(), accountId, name: 'typist' },
          figures: figures === null ? null : typedFiguresSchema.parse(figures),
        }),
      );
    await typed({ dlpMgyCm: 4_700 });
    room.clock.advanceMs(1_000);
    await typed({ dlpMgyCm: 470 });
    expect(await screens()).toMatchObject([{ typed: { byName: 'typist', figures: { dlpMgyCm: 470 } } }]);
    const after = await page();
    expect(after).toMatchObject({ typed: before.typed + 1, fromScreen: before.fromScreen + 1 });
    expect(await patient()).toMatchObject({ totals: { dlpMgyCm: 470 }, exams: [{ isTyped: true }] });
    room.clock.advanceMs(1_000);
    await typed(null);
    expect(await screens()).toEqual([{ subjectUid: subjectUid(), typed: null }]);
    expect(await page()).toMatchObject({ typed: before.typed });
    expect((await patient()).exams).toMatchObject([{ isTyped: false }]);
    expect(await room.test.asOwner(`select 1 from typed_dose`, [])).toHaveLength(3);
  });
});
