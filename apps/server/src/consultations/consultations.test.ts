import type { BenchPerson, FilmDetail } from '@jiapian/contract';
import { defaultStandard } from '@jiapian/rules';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ConsultationsUnderTest, rotated, sheet, startConsultations } from './consultations.fixture.ts';

let room: ConsultationsUnderTest;

beforeAll(async () => {
  room = await startConsultations();
});
afterAll(() => room.stop());

describe('asking for a consultation', () => {
  it('is open to the technologist of the film, tells those who may convene it, and hides who asked from the judges', async () => {
    const [film] = await room.films('trainee');
    const id = await room.asked([film!], 'trainee');
    expect(await room.noticesOf('chair')).toContain('consultation-asked');
    expect(await room.noticesOf('supervisor')).not.toContain('consultation-asked');
    expect(await room.see(id, 'chair')).toMatchObject({
      askedByName: null,
      mayConvene: true,
      part: { isJudge: false },
    });
    expect(await room.see(id, 'trainee')).toMatchObject({ askedByName: 'trainee', mayConvene: false });
    expect((await room.see(id, 'chair')).history.map(({ event, name }) => `${event} ${name}`)).toEqual(['asked ']);
  });

  it('is refused for films of another exam, for a film in another one, and while the grade is appealed', async () => {
    const [one] = await room.films('taker');
    const [other] = await room.films('taker');
    const body = { examId: one!.examId, filmIds: [one!.filmId, other!.filmId], question: '?' };
    expect(await room.codeOf('POST', '/consultations', 'doctor', body)).toBe('CONSULTATION_FILMS_INVALID');
    const id = await room.asked([one!]);
    const again = { ...body, filmIds: [one!.filmId] };
    expect(await room.codeOf('POST', '/consultations', 'chair', again)).toBe('CONSULTATION_RUNNING');
    expect(await room.codeOf('POST', `/consultations/${id}/withdrawal`, 'chair')).toBe('CONSULTATION_NOT_FOUND');
    await room.send('POST', `/consultations/${id}/withdrawal`, 'doctor');
    expect(await room.codeOf('POST', `/consultations/${id}/withdrawal`, 'doctor')).toBe('CONSULTATION_ILLEGAL');
    await room.asked([one!]);
    const appealed = await room.graded('taker');
    await room.send('POST', `/films/${appealed.filmId}/appeal`, 'taker', { reason: '不同意' });
    const late = { examId: appealed.examId, filmIds: [appealed.filmId], question: '?' };
    expect(await room.codeOf('POST', '/consultations', 'doctor', late)).toBe('CONSULTATION_RUNNING');
  });

  it('does not hold up the daily review, and can be declined with a reason', async () => {
    const [film] = await room.films('taker');
    const id = await room.asked([film!]);
    expect(await room.codeOf('POST', `/consultations/${id}/refusal`, 'taker', { reason: 'x' })).toBe(
      'CONSULTATION_OWN',
    );
    await room.send('POST', `/films/${film!.filmId}/readings`, 'reader', {
      ...{ ...sheet('A', []), reject: null, filmVersion: 1 },
    });
    await room.send('POST', `/consultations/${id}/refusal`, 'chair', { reason: '已有共识' });
    expect(await room.see(id, 'doctor')).toMatchObject({ state: 'declined', closeReason: '已有共识' });
    expect(await room.noticesOf('doctor')).toContain('consultation-closed');
  });

  it('needs its permission on every route', async () => {
    const [film] = await room.films('taker');
    const id = await room.convened([film!]);
    const routes = [
      ['GET', '/consultations', 'consultations.ask'],
      ['GET', `/consultations/${id}`, 'consultations.ask'],
      ['GET', `/consultations/${id}/minutes.pdf`, 'consultations.ask'],
      ['POST', '/consultations', 'consultations.ask'],
      ['POST', `/consultations/${id}/withdrawal`, 'consultations.ask'],
      ['GET', `/consultation-bench?consultationId=${id}`, 'consultations.chair'],
      ['POST', '/consultations/from-arbitration', 'consultations.chair'],
      ['POST', `/consultations/${id}/bench`, 'consultations.chair'],
      ['POST', `/consultations/${id}/refusal`, 'consultations.chair'],
      ['POST', `/consultations/${id}/stop`, 'consultations.chair'],
      ['POST', `/consultations/${id}/excuse`, 'consultations.chair'],
      ['POST', `/consultations/${id}/signature`, 'consultations.chair'],
      ['GET', `/consultations/${id}/films/1`, 'consultations.judge'],
      ['POST', `/consultations/${id}/films/1/opinion`, 'consultations.judge'],
      ['POST', `/consultations/${id}/notes`, 'consultations.judge'],
    ] as const;
    const all = ['review.read', 'review.grade', 'consultations.ask', 'consultations.judge', 'consultations.chair'];
    for (const [method, path, permission] of routes) {
      const without = `chair:${all.filter((each) => each !== permission).join(',')}`;
      expect(await room.codeOf(method, path, without, method === 'GET' ? undefined : {}), path).toBe(
        'ACCESS_PERMISSION_MISSING',
      );
    }
    expect(await room.codeOf('GET', `/consultations/${id}`, 'second')).toBe('CONSULTATION_NOT_FOUND');
  });
});

describe('who sits', () => {
  it('is at least two senior people, none of whom took, asked for, appealed or graded the film', async () => {
    const film = await room.graded('trainee');
    const id = await room.asked([film], 'doctor');
    const { items } = await room.send<{ items: BenchPerson[] }>(
      'GET',
      `/consultation-bench?consultationId=${id}`,
      'chair',
    );
    expect(items.map(({ name, mayChair }) => `${name} ${mayChair}`)).toEqual([
      'chair true',
      'head true',
      'other true',
      'taker true',
    ]);
    const refused = async (given: object) => room.codeOf('POST', `/consultations/${id}/bench`, 'chair', given);
    expect(await refused(room.bench('chair'))).toBe('CONSULTATION_BENCH_INVALID');
    expect(await refused({ ...room.bench('chair', 'head'), chairAccountId: room.idOf('other') })).toBe(
      'CONSULTATION_BENCH_INVALID',
    );
    for (const name of ['doctor', 'supervisor', 'reader', 'colleague', 'trainee']) {
      expect(await refused(room.bench('chair', name)), name).toBe('CONSULTATION_BENCH_INVALID');
    }
    expect(await room.codeOf('POST', `/consultations/${id}/bench`, 'supervisor', room.bench('chair', 'head'))).toBe(
      'CONSULTATION_OWN',
    );
    await room.send('POST', `/consultations/${id}/bench`, 'chair', room.bench('head', 'chair'));
    expect(await refused(room.bench('chair', 'head'))).toBe('CONSULTATION_ILLEGAL');
    expect(await room.noticesOf('head')).toContain('consultation-called');
  });

  it('may lose a judge who cannot come while two remain, and then opens when these have judged', async () => {
    const [film] = await room.films('taker');
    const id = await room.asked([film!], 'trainee');
    await room.send('POST', `/consultations/${id}/bench`, 'chair', room.bench('chair', 'head', 'doctor'));
    await room.judge(id, 'chair', ['A', []]);
    await room.judge(id, 'head', ['A', []]);
    const excuse = (who: string, name: string) =>
      room.codeOf('POST', `/consultations/${id}/excuse`, who, { accountId: room.idOf(name), reason: '外出' });
    expect(await excuse('head', 'doctor')).toBe('CONSULTATION_NOT_FOUND');
    expect(await excuse('chair', 'head')).toBe('CONSULTATION_ILLEGAL');
    expect(await excuse('chair', 'chair')).toBe('CONSULTATION_ILLEGAL');
    expect(await excuse('chair', 'doctor')).toBeUndefined();
    expect(await room.see(id, 'chair')).toMatchObject({ state: 'open', judges: 2 });
    expect(await room.codeOf('GET', `/consultations/${id}/films/1`, 'doctor')).toBe('CONSULTATION_NOT_FOUND');
    const [other] = await room.films('taker');
    const small = await room.convened([other!]);
    expect(
      await room.codeOf('POST', `/consultations/${small}/excuse`, 'chair', {
        accountId: room.idOf('head'),
        reason: 'x',
      }),
    ).toBe('CONSULTATION_ILLEGAL');
  });
});

describe('judging apart', () => {
  it('shows a judge neither people, room, earlier grade nor another opinion before all have judged', async () => {
    const film = await room.graded('taker');
    const id = await room.convened([film]);
    expect(await room.filmOf('chair', film.filmId)).toMatchObject({ grade: null, isGradeMasked: true });
    const blind = await room.send<FilmDetail>('GET', `/consultations/${id}/films/1`, 'chair');
    expect(blind).toMatchObject({
      ...{ readings: [], technologistName: null, examGrade: { grade: null } },
      task: { kind: 'consultation', depth: 'blind' },
      film: { deviceName: null, roomName: null, patientName: '', accessionNumber: '', grade: null, state: 'waiting' },
    });
    expect((await room.judge(id, 'chair', ['B', rotated])).status).toBe(201);
    for (const who of ['head', 'doctor', 'other']) {
      expect(await room.see(id, who), who).toMatchObject({
        ...{ state: 'judging', judged: 1, opinions: [], notes: [], accessionNumber: null },
        list: [{ gradeBefore: null, earlier: [] }],
      });
    }
    expect((await room.see(id, 'chair')).opinions).toHaveLength(1);
    expect(await room.codeOf('POST', `/consultations/${id}/notes`, 'chair', { text: 'x' })).toBe(
      'CONSULTATION_ILLEGAL',
    );
    await room.judge(id, 'head', ['A', []]);
    const open = await room.see(id, 'chair');
    expect(open.opinions.map(({ grade }) => grade).toSorted()).toEqual(['A', 'B']);
    expect(open).toMatchObject({ state: 'open', askedByName: 'doctor', list: [{ gradeBefore: 'A' }] });
    expect(open.list[0]?.earlier).toMatchObject([{ grade: 'A', readerName: '' }]);
    expect((await room.see(id, 'doctor')).opinions).toEqual([]);
    expect((await room.see(id, 'other')).opinions).toEqual([]);
    expect(await room.noticesOf('chair')).toContain('consultation-open');
  });

  it('is done once, by those who sit, by the standard in force, and never on a film that became their own', async () => {
    const [film] = await room.films('trainee');
    const id = await room.convened([film!]);
    expect((await room.judge(id, 'other', ['A', []])).body).toMatchObject({ code: 'CONSULTATION_NOT_FOUND' });
    const stale = { ...sheet('A', []), standardVersion: 99 };
    expect(await room.codeOf('POST', `/consultations/${id}/films/1/opinion`, 'head', stale)).toBe(
      'REVIEW_STALE_VERSION',
    );
    expect((await room.judge(id, 'head', ['C', []])).body).toMatchObject({ code: 'REVIEW_DEFECT_REQUIRED' });
    expect((await room.judge(id, 'head', ['A', []], 2)).body).toMatchObject({ code: 'CONSULTATION_NOT_FOUND' });
    const both = await Promise.all([room.judge(id, 'head', ['A', []]), room.judge(id, 'head', ['A', []])]);
    expect(both.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([201, 409]);
    await room.test.asOwner(`update exam set technologist_id = $2 where exam_id = $1`, [
      film!.examId,
      room.people['chair']?.staffId,
    ]);
    expect((await room.judge(id, 'chair', ['A', []])).body).toMatchObject({ code: 'REVIEW_OWN_FILM' });
    await room.send('POST', `/consultations/${id}/stop`, 'other', { reason: '技师更正,主持须回避' });
    expect(await room.see(id, 'other')).toMatchObject({ state: 'called-off', opinions: [] });
  });

  it('keeps the film from every other grade until it is over', async () => {
    const [film] = await room.films('taker');
    const id = await room.convened([film!]);
    const reading = { ...sheet('A', []), reject: null, filmVersion: 1 };
    expect(await room.codeOf('POST', `/films/${film!.filmId}/readings`, 'reader', reading)).toBe('REVIEW_UNDER_REVIEW');
    const bulk = { filmIds: [film!.filmId], standardVersion: defaultStandard.version };
    expect(await room.send('POST', '/films/bulk', 'reader', bulk)).toMatchObject({
      ...{ filmIds: [], refused: [{ because: 'consultation' }] },
    });
    const meeting = {
      title: '晨会',
      decideBy: 'leader',
      filmIds: bulk.filmIds,
      staffIds: [room.people['reader']?.staffId],
    };
    const { meetingId } = await room.send<{ meetingId: string }>('POST', '/meetings', 'other', meeting);
    const decision = { number: 1, grade: 'A', marks: [], note: '', isKeptForTeaching: false };
    expect(
      await room.codeOf('POST', `/meetings/${meetingId}/decision`, 'other', {
        ...{ ...decision, standardVersion: defaultStandard.version },
      }),
    ).toBe('REVIEW_UNDER_REVIEW');
    await room.send('POST', `/consultations/${id}/stop`, 'chair', { reason: '改日' });
    await room.send('POST', `/films/${film!.filmId}/readings`, 'reader', reading);
    const next = await room.convened([film!]);
    expect(await room.codeOf('POST', `/films/${film!.filmId}/appeal`, 'taker', { reason: 'x' })).toBe(
      'REVIEW_UNDER_REVIEW',
    );
    await room.send('POST', `/consultations/${next}/stop`, 'chair', { reason: '改日' });
  });
});
