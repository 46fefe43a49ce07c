import { execFileSync } from 'node:child_process';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startStorescp } from '../../../../test/testkit/src/dcmtk.ts';
import { receiveHl7 } from '../exams/receive-hl7.ts';
import { silentLog } from '../platform/log.ts';
import type { Reader } from '../review/reader.ts';
import {
  type CorrectionsUnderTest,
  codeOf,
  dump,
  imagesIn,
  lisi,
  notesIn,
  valueIn,
  startCorrections,
} from './corrections.fixture.ts';
import { decideCorrection } from './decide-correction.ts';
import { followMerge } from './follow-merge.ts';
import { previewCorrection } from './preview-correction.ts';
import { proposeCorrection } from './propose-correction.ts';
import { saveCorrectionRules } from './correction-policy.ts';

let room: CorrectionsUnderTest;

beforeAll(async () => {
  room = await startCorrections();
});
afterAll(() => room.stop());
beforeEach(() => room.begin());
afterEach(() => room.end());

describe('a wrong side', () => {
  it('is shown right here and in the copy, hidden by a note 113037, and its film can still be graded', async () => {
    const pacs = await startStorescp();
    room.running.push(pacs);
    await room.addDestination({ port: pacs.port });
    const exam = await room.arrive();
    await room.leave(exam.examId);
    await room.deliver();
    const { study_instance_uid: study } = await room.examRow(exam.examId);
    const [wrong, right] = exam.sopInstanceUids;
    const row = await room.correct(exam.examId, { kind: 'side', instanceUids: [wrong!], side: 'L' });
    await room.deliver();
    const said = execFileSync('dsrdump', ['+Pc', '+Pu', notesIn(pacs)[0]!], { encoding: 'utf8' });
    expect(said).toContain('(113037,DCM,"Rejected for Patient Safety Reasons")');
    expect(said).toContain(wrong);
    expect(said).not.toContain(right);
    const copy = imagesIn(pacs)
      .map(dump)
      .find((text) => valueIn(text, '0020,0062') === 'L')!;
    // The patient and the order were right: the copy stays in its study and series.
    expect(valueIn(copy, '0020,000d')).toBe(study);
    expect(valueIn(copy, '0010,0020')).toBe('P1');
    expect(valueIn(copy, '0008,0018')).not.toBe(wrong);
    const laterality = async () =>
      (
        await room.test.asOwner<{ laterality: string | null }>(
          `select laterality from film where sop_instance_uid = $1`,
          [wrong],
        )
      )[0]!.laterality;
    expect(await laterality()).toBe('L');
    await room.reject(exam, wrong!);
    expect(await room.test.asOwner(`select state from film where grade = 'reject'`)).toHaveLength(1);
    await room.undo(row.correction_id);
    expect(await laterality()).toBeNull();
  });

  it('and a wrong patient stand in one copy together', async () => {
    const pacs = await startStorescp();
    room.running.push(pacs);
    await room.addDestination({ port: pacs.port });
    const exam = await room.arrive();
    await room.correct(exam.examId, { kind: 'side', instanceUids: [exam.sopInstanceUids[0]!], side: 'R' });
    await room.correct(exam.examId, { kind: 'patient', identity: lisi });
    await room.leave(exam.examId);
    await room.deliver();
    const sent = pacs.files().map(dump);
    expect(sent.map((text) => valueIn(text, '0010,0020'))).toEqual(['P-RIGHT', 'P-RIGHT']);
    expect(sent.filter((text) => valueIn(text, '0020,0062') === 'R')).toHaveLength(1);
  });
});

describe('images of another exam', () => {
  it('become a new exam of the right patient with their films; the others stay, and both can be taken back', async () => {
    const pacs = await startStorescp();
    room.running.push(pacs);
    await room.addDestination({ port: pacs.port });
    const exam = await room.arrive();
    await room.leave(exam.examId);
    await room.deliver();
    const [moved, stayed] = exam.sopInstanceUids;
    const change = { kind: 'move' as const, instanceUids: [moved!], to: { exam: 'new' as const, identity: lisi } };
    const row = await room.correct(exam.examId, change);
    await room.deliver();
    const [made] = await room.test.asOwner<{ target_exam_id: string }>(`select target_exam_id from correction`);
    const target = await room.examRow(made!.target_exam_id);
    expect(target).toMatchObject({ number: 'P-RIGHT', accession_number: 'DR-RIGHT', instance_count: 1 });
    expect(await room.examRow(exam.examId)).toMatchObject({ instance_count: 1 });
    const films = () =>
      room.test.asOwner<{ uid: string; exam_id: string }>(
        `select sop_instance_uid as uid, exam_id from film order by sop_instance_uid`,
      );
    expect(await films()).toEqual([
      { uid: moved, exam_id: made!.target_exam_id },
      { uid: stayed, exam_id: exam.examId },
    ]);
    const copy = imagesIn(pacs)
      .map(dump)
      .find((text) => valueIn(text, '0010,0020') === 'P-RIGHT')!;
    expect(valueIn(copy, '0020,000d')).toBe(target.study_instance_uid);
    const said = execFileSync('dsrdump', ['+Pc', '+Pu', notesIn(pacs)[0]!], { encoding: 'utf8' });
    expect(said).toContain('(113038,');
    expect(said).toContain(moved);
    expect(said).not.toContain(stayed);
    await room.undo(row.correction_id);
    expect(await room.examRow(exam.examId)).toMatchObject({ instance_count: 2 });
    expect((await films()).map((film) => film.exam_id)).toEqual([exam.examId, exam.examId]);
  });

  it('join an exam that is here, and take its study and patient over', async () => {
    const pacs = await startStorescp();
    room.running.push(pacs);
    await room.addDestination({ port: pacs.port });
    const [whole, rest] = [await room.arrive({ images: 1 }, 'P-JOIN'), await room.arrive({ images: 1 })];
    const target = await room.examRow(whole.examId);
    const to = { exam: 'other' as const, examId: whole.examId };
    await room.correct(rest.examId, { kind: 'move', instanceUids: rest.sopInstanceUids, to });
    await room.leave(whole.examId);
    await room.deliver();
    const copy = dump(pacs.files().find((file) => file.includes(rest.sopInstanceUids[0]!))!);
    expect(valueIn(copy, '0020,000d')).toBe(target.study_instance_uid);
    expect(valueIn(copy, '0010,0020')).toBe('P-JOIN');
  });
});

describe('what is refused', () => {
  it('objects of another exam, a change of nothing, an exam that has changed meanwhile, and one that is not there', async () => {
    const [exam, another] = [await room.arrive(), await room.arrive()];
    const side = (instanceUids: string[]) => ({ kind: 'side' as const, instanceUids, side: 'L' as const });
    expect(await codeOf(room.correct(exam.examId, side(another.sopInstanceUids)))).toBe('CORRECTIONS_OBJECTS');
    await room.correct(exam.examId, { kind: 'patient', identity: lisi });
    expect(await codeOf(room.correct(exam.examId, { kind: 'patient', identity: lisi }))).toBe(
      'CORRECTIONS_NOTHING_CHANGES',
    );
    const stale = {
      examVersion: 1,
      reason: 'wrong',
      change: { kind: 'patient' as const, identity: { ...lisi, dicomPatientId: 'P3' } },
    };
    const author = { by: room.by(), at: room.clock.now() };
    expect(await codeOf(room.within((unit) => proposeCorrection(unit, exam.examId, stale, author)))).toBe(
      'CORRECTIONS_STALE',
    );
    const nowhere = '00000000-0000-4000-8000-000000000000';
    expect(await codeOf(room.within((unit) => proposeCorrection(unit, nowhere, stale, author)))).toBe(
      'EXAMS_EXAM_NOT_FOUND',
    );
  });
});

describe('where a second person has to sign', () => {
  const rules = { policy: { needsSecondSignature: true, merge: 'propose' as const }, destinations: [] };
  const decide = (correctionId: string, event: 'signed' | 'refused', who: Reader) =>
    room.within((unit) =>
      decideCorrection(unit, correctionId, {
        event,
        note: '',
        by: { accountId: who.accountId, actor: 'x' },
        at: room.clock.now(),
      }),
    );

  it('nothing changes until another person has signed; one’s own proposal one may only withdraw', async () => {
    await room.within((unit) => saveCorrectionRules(unit, room.by(), rules, room.clock.now()));
    const exam = await room.arrive({ images: 1 }, 'P-SIGN');
    const row = await room.correct(exam.examId, { kind: 'patient', identity: lisi });
    expect(row.state).toBe('proposed');
    expect(await room.examRow(exam.examId)).toMatchObject({ number: 'P-SIGN' });
    expect(
      await codeOf(room.correct(exam.examId, { kind: 'side', instanceUids: exam.sopInstanceUids, side: 'L' })),
    ).toBe('CORRECTIONS_OPEN');
    expect(await codeOf(decide(row.correction_id, 'signed', room.reader))).toBe('CORRECTIONS_SAME_PERSON');
    await decide(row.correction_id, 'signed', room.other);
    expect(await room.examRow(exam.examId)).toMatchObject({ number: 'P-RIGHT' });
    expect(await codeOf(decide(row.correction_id, 'refused', room.other))).toBe('CORRECTIONS_ILLEGAL');
  });

  it('a refused proposal has never stood', async () => {
    await room.within((unit) => saveCorrectionRules(unit, room.by(), rules, room.clock.now()));
    const exam = await room.arrive({ images: 1 }, 'P-NO');
    const row = await room.correct(exam.examId, { kind: 'patient', identity: lisi });
    await decide(row.correction_id, 'refused', room.reader);
    expect(await room.examRow(exam.examId)).toMatchObject({ number: 'P-NO' });
    expect(await codeOf(room.undo(row.correction_id))).toBe('CORRECTIONS_ILLEGAL');
  });
});

describe('two numbers of one person (ADT^A40)', () => {
  const message = (control: string, kept: string, merged: string): Buffer =>
    Buffer.from(
      [
        `MSH|^~\\&|HIS|HOSPITAL|JIAPIAN|RADIOLOGY|20261124100000||ADT^A40^ADT_A39|${control}|P|2.5`,
        `EVN||20261124100000`,
        `PID|||${kept}^^^HOSPITAL^MR||李^四`,
        `MRG|${merged}^^^HOSPITAL^MR`,
        '',
      ].join('\r'),
    );
  const tell = async (control: string, kept: string, merged: string): Promise<string> => {
    const door = receiveHl7({ database: room.test.database, clock: room.clock, log: silentLog, liveEvents: room.live });
    return Buffer.from((await door.receive(message(control, kept, merged), '127.0.0.1')) ?? []).toString();
  };
  const follow = async () => {
    const [merge] = await room.test.asOwner<{ id: string }>(`select patient_merge_id as id from patient_merge`);
    await room.within((unit) => followMerge(unit, merge!.id, room.clock.now()));
  };

  it('are proposed to a person, exam by exam, and change nothing before somebody believes it', async () => {
    const exam = await room.arrive({ images: 1 }, 'M-OLD-1');
    expect(await tell('A1', 'M-NEW-1', 'M-OLD-1')).toContain('MSA|AA|A1');
    await follow();
    await follow();
    const rows = await room.test.asOwner<{ correction_id: string; state: string; source: string }>(
      `select correction_id, state, source from correction`,
    );
    expect(rows).toMatchObject([{ state: 'proposed', source: 'hl7' }]);
    expect(await room.examRow(exam.examId)).toMatchObject({ number: 'M-OLD-1' });
    await room.within((unit) =>
      decideCorrection(unit, rows[0]!.correction_id, {
        event: 'signed',
        note: '',
        by: room.by(),
        at: room.clock.now(),
      }),
    );
    expect(await room.examRow(exam.examId)).toMatchObject({
      number: 'M-NEW-1',
      accession_number: exam.accessionNumber,
    });
  });

  it('are joined at once where the hospital wants it, and the archive follows its own rule for merges', async () => {
    const archives = await Promise.all([startStorescp(), startStorescp()]);
    room.running.push(...archives);
    await room.addDestination({ port: archives[0]!.port, name: 'hears itself', merge: 'none' });
    await room.addDestination({ port: archives[1]!.port, name: 'follows', merge: 'follow' });
    const rules = { policy: { needsSecondSignature: true, merge: 'automatic' as const }, destinations: [] };
    await room.within((unit) => saveCorrectionRules(unit, room.by(), rules, room.clock.now()));
    const exam = await room.arrive({ images: 1 }, 'M-OLD-2');
    await room.leave(exam.examId);
    await room.deliver();
    await tell('A2', 'M-NEW-2', 'M-OLD-2');
    await follow();
    await room.deliver();
    expect(await room.examRow(exam.examId)).toMatchObject({ number: 'M-NEW-2' });
    expect(archives.map((one) => [imagesIn(one).length, notesIn(one).length])).toEqual([
      [1, 0],
      [2, 1],
    ]);
    const copy = imagesIn(archives[1]!)
      .map(dump)
      .find((text) => valueIn(text, '0010,0020') === 'M-NEW-2')!;
    expect(valueIn(copy, '0008,0050')).toBe(exam.accessionNumber);
  });
});

it('a preview says what each archive will be told and given, and writes nothing', async () => {
  await room.addDestination({ name: 'A', correction: 'follow' });
  await room.addDestination({ name: 'B', correction: 'task', reject: 'task' });
  const exam = await room.arrive();
  await room.leave(exam.examId);
  await room.test.asOwner(`update forward set state = 'sent' where sop_instance_uid = $1`, [exam.sopInstanceUids[0]]);
  const preview = await room.within((unit) =>
    previewCorrection(unit, exam.examId, { kind: 'patient', identity: lisi }),
  );
  expect(preview).toMatchObject({
    objects: 2,
    unaffected: 0,
    isHeld: false,
    needsSecondSignature: false,
    before: { identity: { dicomPatientId: 'P1', patientName: 'Test^Patient' } },
    after: { identity: { dicomPatientId: 'P-RIGHT' } },
    destinations: [
      { name: 'A', recipe: 'follow', takesNotes: true, title: 'worklist', there: 1, copies: 1 },
      { name: 'B', recipe: 'task', takesNotes: false, there: 1, copies: 0 },
    ],
  });
  expect(await room.test.asOwner(`select correction_id from correction`)).toEqual([]);
});
