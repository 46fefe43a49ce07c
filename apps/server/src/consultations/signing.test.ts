import type { ConsultationRow, FilmDetail, FilmRow, OwnFilm } from '@jiapian/contract';
import { defaultStandard } from '@jiapian/rules';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ConsultationsUnderTest, rotated, sheet, signing, startConsultations } from './consultations.fixture.ts';

let room: ConsultationsUnderTest;

beforeAll(async () => {
  room = await startConsultations();
});
afterAll(() => room.stop());

describe('signing', () => {
  const opened = async (film: FilmRow): Promise<string> => {
    const id = await room.convened([film]);
    await room.judge(id, 'chair', ['B', rotated]);
    await room.judge(id, 'head', ['A', []]);
    return id;
  };

  it('makes a reading of its own kind that the grade follows, beside the readings before, and tells everybody', async () => {
    const film = await room.graded('taker');
    const id = await opened(film);
    await room.send('POST', `/consultations/${id}/notes`, 'head', { text: '旋转轻,锁骨不对称' });
    await room.send('POST', `/consultations/${id}/signature`, 'chair', signing());
    const { film: after, readings } = await room.send<FilmDetail>('GET', `/films/${film.filmId}`, 'taker');
    expect(after).toMatchObject({ grade: 'B', isGradeMasked: false });
    expect(readings.map(({ kind, grade }) => `${kind} ${grade}`)).toEqual(['consultation B', 'first A']);
    for (const who of ['taker', 'reader', 'doctor', 'head']) {
      expect(await room.noticesOf(who), who).toContain('consultation-signed');
    }
    const held = await room.see(id, 'doctor');
    expect(held).toMatchObject({ state: 'signed', conclusion: '轻度旋转,不影响诊断', list: [{ signed: 'B' }] });
    expect(held.opinions).toHaveLength(2);
    expect(held.notes).toMatchObject([{ name: 'head', text: '旋转轻,锁骨不对称' }]);
    expect(held.signatures.map(({ name, signs }) => `${name} ${signs}`)).toEqual([
      'chair opinion',
      'head opinion',
      'chair outcome',
    ]);
    expect(held.signatures.every(({ digest }) => /^[0-9a-f]{64}$/.test(digest))).toBe(true);
    expect(held.history.map(({ event }) => event)).toEqual([
      ...['asked', 'convened', 'judged', 'judged', 'all-judged', 'signed'],
    ]);
    const own = await room.send<{ items: OwnFilm[] }>('GET', '/own-films?fromDay=2026-11-01&toDay=2026-12-31', 'taker');
    const mine = own.items.find((one) => one.film.filmId === film.filmId);
    expect(mine).toMatchObject({ reading: { kind: 'consultation', readerName: '' }, appealEndsAt: null });
  });

  it('is refused to anybody but the chair, before all have judged, twice, and for a list that is not the films', async () => {
    const [film] = await room.films('taker');
    const id = await room.convened([film!]);
    expect(await room.codeOf('POST', `/consultations/${id}/signature`, 'chair', signing())).toBe(
      'CONSULTATION_ILLEGAL',
    );
    await room.judge(id, 'chair', ['B', rotated]);
    await room.judge(id, 'head', ['A', []]);
    expect(await room.codeOf('POST', `/consultations/${id}/signature`, 'head', signing())).toBe(
      'CONSULTATION_NOT_FOUND',
    );
    expect(await room.codeOf('POST', `/consultations/${id}/signature`, 'chair', signing({ number: 2 }))).toBe(
      'CONSULTATION_FILMS_INVALID',
    );
    const third = signing({ grade: 'C' });
    expect(await room.codeOf('POST', `/consultations/${id}/signature`, 'chair', third)).toBe(
      'CONSULTATION_REASON_REQUIRED',
    );
    await room.send('POST', `/consultations/${id}/signature`, 'chair', signing({ grade: 'C', note: '合看后更重' }));
    expect(await room.codeOf('POST', `/consultations/${id}/signature`, 'chair', signing())).toBe(
      'CONSULTATION_ILLEGAL',
    );
    expect(await room.codeOf('POST', `/consultations/${id}/stop`, 'chair', { reason: 'x' })).toBe(
      'CONSULTATION_ILLEGAL',
    );
  });

  it('asks for reason and confirmation of a reject, like every reading', async () => {
    const [film] = await room.films('taker');
    const id = await room.convened([film!]);
    await room.judge(id, 'chair', ['reject', rotated]);
    await room.judge(id, 'head', ['reject', rotated]);
    const reject = {
      reasonCode: defaultStandard.rejectReasons[0]?.code,
      affectsDiagnosis: 'repeat',
      confirmation: '?',
    };
    const path = `/consultations/${id}/signature`;
    expect(await room.codeOf('POST', path, 'chair', signing({ grade: 'reject' }))).toBe('REVIEW_REASON_REQUIRED');
    expect(await room.codeOf('POST', path, 'chair', signing({ grade: 'reject', reject }))).toBe(
      'REVIEW_CONFIRMATION_REQUIRED',
    );
    const confirmation = (await room.see(id, 'chair')).accessionNumber?.slice(-4);
    await room.send('POST', path, 'chair', signing({ grade: 'reject', reject: { ...reject, confirmation } }));
    expect(await room.filmOf('taker', film!.filmId)).toMatchObject({ grade: 'reject' });
  });

  it('settles several films of an exam in one signature', async () => {
    const list = await room.films('taker', 2);
    const id = await room.convened(list);
    for (const who of ['chair', 'head']) {
      const first = await room.judge(id, who, ['A', []], 1);
      expect(first.body).toMatchObject({ nextNumber: 2 });
      expect((await room.see(id, 'other')).state).toBe('judging');
      await room.judge(id, who, ['B', rotated], 2);
    }
    const [one] = signing().films;
    const both = {
      ...signing(),
      films: [
        { ...one, grade: 'A', marks: [] },
        { ...one, number: 2 },
      ],
    };
    await room.send('POST', `/consultations/${id}/signature`, 'chair', both);
    const grades = await Promise.all(list.map(async ({ filmId }) => (await room.filmOf('taker', filmId)).grade));
    expect(new Set(grades)).toEqual(new Set(['A', 'B']));
  });

  it('leaves minutes that nobody can change, and a PDF of them once signed', { timeout: 60_000 }, async () => {
    const film = await room.graded('taker');
    const id = await opened(film);
    expect(await room.codeOf('GET', `/consultations/${id}/minutes.pdf`, 'chair')).toBe('CONSULTATION_ILLEGAL');
    await room.send('POST', `/consultations/${id}/signature`, 'chair', signing());
    for (const table of ['consultation', 'consultation_film', 'consultation_judge']) {
      const column = { consultation: 'conclusion', consultation_film: 'grade_before', consultation_judge: 'name' }[
        table
      ];
      await expect(
        room.test.asOwner(`update ${table} set ${column} = 'A' where consultation_id = $1`, [id]),
        table,
      ).rejects.toThrow(/closed/);
    }
    for (const locale of ['zh-CN', 'en']) {
      const { status, body } = await room.ask('GET', `/consultations/${id}/minutes.pdf?locale=${locale}`, 'doctor');
      expect(status).toBe(200);
      expect((body as Buffer).subarray(0, 5).toString()).toBe('%PDF-');
    }
    expect(await room.codeOf('GET', `/consultations/${id}/minutes.pdf`, 'reader:consultations.ask')).toBe(
      'CONSULTATION_NOT_FOUND',
    );
  });
});

describe('an arbitration', () => {
  const disputed = async () => {
    const film = await room.graded('taker');
    const { items } = await room.send<{ items: { taskId: string; filmId: string }[] }>(
      'GET',
      '/review-tasks',
      'colleague',
    );
    const task = items.find(({ filmId }) => filmId === film.filmId);
    await room.send('POST', `/review-tasks/${task?.taskId}/reading`, 'colleague', sheet('C', rotated));
    const open = await room.send<{ items: { taskId: string; filmId: string; kind: string }[] }>(
      'GET',
      '/review-tasks',
      'chair',
    );
    return {
      film,
      taskId: open.items.find(({ filmId, kind }) => filmId === film.filmId && kind === 'arbitration')!.taskId,
    };
  };

  it('may go to a consultation instead of a third reader, and is settled by what is signed there', async () => {
    const { film, taskId } = await disputed();
    const body = { taskId, question: '两次评级相差两级', ...room.bench('chair', 'head') };
    expect(await room.codeOf('POST', '/consultations/from-arbitration', 'taker', body)).toBe('REVIEW_OWN_FILM');
    const { consultationId } = await room.send<{ consultationId: string }>(
      'POST',
      '/consultations/from-arbitration',
      'chair',
      body,
    );
    expect(
      await room.codeOf('POST', `/review-tasks/${taskId}/reading`, 'other', { ...sheet('B', rotated), note: 'x' }),
    ).toBe('REVIEW_UNDER_REVIEW');
    const { items } = await room.send<{ items: { taskId: string }[] }>('GET', '/review-tasks', 'other');
    expect(items.map((task) => task.taskId)).not.toContain(taskId);
    await room.judge(consultationId, 'chair', ['B', rotated]);
    await room.judge(consultationId, 'head', ['B', rotated]);
    expect((await room.see(consultationId, 'head')).list[0]?.earlier).toHaveLength(2);
    await room.send('POST', `/consultations/${consultationId}/signature`, 'chair', signing());
    const rows = await room.test.asOwner(
      `select state, reading_id is not null as is_read from review_task where task_id = $1`,
      [taskId],
    );
    expect(rows).toEqual([{ state: 'done', is_read: true }]);
    expect(await room.filmOf('reader', film.filmId)).toMatchObject({ grade: 'B' });
    const list = await room.send<{ items: ConsultationRow[] }>('GET', '/consultations?list=closed', 'head');
    expect(list.items.find((row) => row.consultationId === consultationId)).toMatchObject({ origin: 'arbitration' });
  });

  it('comes back to a third reader when the consultation is called off', async () => {
    const { taskId } = await disputed();
    const body = { taskId, question: '分歧', ...room.bench('chair', 'head') };
    const { consultationId } = await room.send<{ consultationId: string }>(
      'POST',
      '/consultations/from-arbitration',
      'chair',
      body,
    );
    await room.send('POST', `/consultations/${consultationId}/stop`, 'chair', { reason: '人不齐' });
    await room.send('POST', `/review-tasks/${taskId}/reading`, 'other', { ...sheet('B', rotated), note: '第三人裁定' });
    expect(await room.codeOf('POST', '/consultations/from-arbitration', 'chair', body)).toBe('REVIEW_TASK_CLOSED');
  });
});
