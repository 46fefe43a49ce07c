import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { DicomJson } from '@jiapian/dicom';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startStorescp } from '../../../../test/testkit/src/dcmtk.ts';
import { startOrthanc } from '../../../../test/testkit/src/orthanc.ts';
import { asExamRow, loadExamRows } from '../exams/exam-rows.repository.ts';
import { findInstances } from '../exams/find-instance.repository.ts';
import { qidoAnswerOf } from '../exams/qido-attributes.ts';
import { readQidoQuery } from '../exams/qido-query.ts';
import { findForQido } from '../exams/qido.repository.ts';
import { createSender } from '../release/destination-peers.ts';
import { checkRejections } from '../release/check-rejections.ts';
import { forwardObjects } from '../release/forward-objects.ts';
import { moveGate } from '../release/move-gate.ts';
import {
  type CorrectionsUnderTest,
  codeOf,
  complaintsOf,
  dump,
  imagesIn,
  lisi,
  notesIn,
  valueIn,
  startCorrections,
} from './corrections.fixture.ts';
import { readOriginal } from './read-original.ts';

let room: CorrectionsUnderTest;

beforeAll(async () => {
  room = await startCorrections();
});
afterAll(() => room.stop());
beforeEach(() => room.begin());
afterEach(() => room.end());

describe('a wrong patient', () => {
  it('is another one in the register, found by the right name, while every stored byte stays as it was', async () => {
    await room.addDestination({});
    const exam = await room.arrive();
    const path = room.files.path(`object-${exam.sopInstanceUids[0]}`);
    const before = createHash('sha256').update(readFileSync(path)).digest('hex');
    const row = await room.correct(exam.examId, { kind: 'patient', identity: lisi });
    expect(await room.examRow(exam.examId)).toMatchObject({
      number: 'P-RIGHT',
      name: '李四',
      accession_number: 'DR-RIGHT',
    });
    expect((await room.examRow(exam.examId)).search_text).toContain('李四');
    expect((await room.examRow(exam.examId)).search_text).not.toContain('test');
    expect(createHash('sha256').update(readFileSync(path)).digest('hex')).toBe(before);
    const { facts } = await room.within((unit) => readOriginal(unit, exam.sopInstanceUids[0]!));
    expect(facts.original).toMatchObject({ patientName: 'Test^Patient', patientId: 'P1' });
    expect(facts.corrected).toMatchObject({ patientName: '李^四', patientId: 'P-RIGHT' });
    const [listed] = await room.within((unit) => loadExamRows(unit, [exam.examId]));
    expect(asExamRow(listed!)).toMatchObject({
      patientName: '李四',
      correction: { kinds: ['patient'], originalPatientName: 'Test^Patient', originalPatientId: 'P1' },
    });
    const found = await room.within((unit) =>
      findForQido(unit, 'instance', readQidoQuery({ PatientID: 'P-RIGHT', PatientName: '李*' }), null),
    );
    expect(found).toHaveLength(2);
    const answer = qidoAnswerOf(found[0]!, 'instance', 'all', 'http://here');
    expect(answer['00100020']?.Value).toEqual(['P-RIGHT']);
    const [item] = (answer['04000561']?.Value ?? []) as DicomJson[];
    const [original] = (item?.['04000550']?.Value ?? []) as DicomJson[];
    expect(original?.['00100020']?.Value).toEqual(['P1']);
    expect(await room.within((unit) => findInstances(unit, { instance: exam.sopInstanceUids[0] }))).toMatchObject([
      { isCorrected: true },
    ]);
    const events = await room.test.asOwner<{ event: string; facts: object }>(
      `select event, facts from exam_event where exam_id = $1 and event like 'correction.%'`,
      [exam.examId],
    );
    expect(events).toEqual([
      { event: 'correction.made', facts: { correctionId: row.correction_id, kind: 'patient', objects: 0 } },
    ]);
  });

  it('that is held leaves corrected, under its own UIDs, and nobody is told of anything', async () => {
    const pacs = await startStorescp();
    room.running.push(pacs);
    await room.addDestination({ port: pacs.port });
    const exam = await room.arrive();
    await room.within((unit) =>
      moveGate(unit, {
        examId: exam.examId,
        event: 'held',
        at: room.clock.now(),
        hold: {
          until: new Date(room.clock.now().getTime() + 900_000),
          escalateAt: new Date(room.clock.now().getTime() + 600_000),
          mode: 'until-graded',
          ruleName: '',
          policyVersion: 0,
        },
      }),
    );
    await room.correct(exam.examId, { kind: 'patient', identity: lisi });
    expect(await room.forwards()).toEqual([]);
    await room.within((unit) => moveGate(unit, { examId: exam.examId, event: 'let-go', at: room.clock.now() }));
    await room.deliver();
    expect(pacs.files()).toHaveLength(2);
    const text = dump(pacs.files()[0]!);
    expect(valueIn(text, '0010,0020')).toBe('P-RIGHT');
    expect(valueIn(text, '0008,0050')).toBe('DR-RIGHT');
    expect(exam.sopInstanceUids).toContain(valueIn(text, '0008,0018'));
    expect(await room.rejections()).toEqual([]);
  });

  it('that has left is hidden by a note 113038, and the corrected copy follows under UIDs of its own', async () => {
    const pacs = await startStorescp();
    room.running.push(pacs);
    await room.addDestination({ port: pacs.port });
    const exam = await room.arrive();
    await room.leave(exam.examId);
    await room.deliver();
    const { study_instance_uid: study } = await room.examRow(exam.examId);
    await room.correct(exam.examId, { kind: 'patient', identity: lisi });
    await room.deliver();
    const [note] = notesIn(pacs);
    const said = execFileSync('dsrdump', ['+U8', '+Pc', '+Pu', note ?? ''], { encoding: 'utf8' });
    expect(said).toContain('(113038,DCM,"Incorrect Modality Worklist Entry")');
    for (const uid of exam.sopInstanceUids) expect(said).toContain(uid);
    expect(complaintsOf(note ?? '')).toEqual([]);
    // The note is of the study and the patient that the archive knows.
    const noted = dump(note ?? '');
    expect(valueIn(noted, '0010,0020')).toBe('P1');
    expect(valueIn(noted, '0020,000d')).toBe(study);
    expect(imagesIn(pacs)).toHaveLength(4);
    const copies = imagesIn(pacs)
      .map(dump)
      .filter((text) => valueIn(text, '0010,0020') === 'P-RIGHT');
    expect(copies).toHaveLength(2);
    expect(new Set(copies.map((text) => valueIn(text, '0020,000d'))).size).toBe(1);
    for (const text of copies) {
      expect(valueIn(text, '0010,0010')).toBe('李^四');
      expect(valueIn(text, '0020,000d')).toMatch(/^2\.25\.\d+$/);
      expect(valueIn(text, '0020,000d')).not.toBe(study);
      expect(exam.sopInstanceUids).not.toContain(valueIn(text, '0008,0018'));
      expect(text.slice(text.indexOf('(0400,0561)'))).toContain('[P1');
    }
    expect(await room.forwards()).toMatchObject([
      { state: 'sent', superseded: 'worklist', is_copy: false },
      { state: 'sent', superseded: null, is_copy: true },
      { state: 'sent', superseded: 'worklist', is_copy: false },
      { state: 'sent', superseded: null, is_copy: true },
    ]);
  });

  it('is taken by a real archive as a second patient with a study of its own', async () => {
    const orthanc = await startOrthanc({ aet: 'PACS', settings: { DicomAlwaysAllowFind: true } });
    room.running.push(orthanc);
    await room.addDestination({ port: orthanc.dicomPort });
    const exam = await room.arrive();
    await room.leave(exam.examId);
    await room.deliver();
    await room.correct(exam.examId, { kind: 'patient', identity: lisi });
    await room.deliver();
    const patients = await Promise.all(
      (await orthanc.get<string[]>('/patients')).map((id) =>
        orthanc.get<{ MainDicomTags: { PatientID: string }; Studies: string[] }>(`/patients/${id}`),
      ),
    );
    expect(patients.map((one) => one.MainDicomTags.PatientID).toSorted()).toEqual(['P-RIGHT', 'P1']);
    // An archive that takes the note and goes on showing what is wrong is a person's task.
    room.clock.advanceMs(10_000);
    await checkRejections(room.parts());
    expect(await room.rejections()).toMatchObject([{ title: 'worklist', state: 'visible' }]);
  });

  it('is corrected at each archive in its own way: sent anew, hidden alone, or by a person', async () => {
    const archives = await Promise.all([startStorescp(), startStorescp(), startStorescp()]);
    room.running.push(...archives);
    for (const [index, correction] of ['follow', 'note', 'task'].entries())
      await room.addDestination({ port: archives[index]!.port, name: correction, correction });
    const exam = await room.arrive();
    await room.leave(exam.examId);
    await room.deliver();
    await room.correct(exam.examId, { kind: 'patient', identity: lisi });
    await room.deliver();
    expect(archives.map((one) => [imagesIn(one).length, notesIn(one).length])).toEqual([
      [4, 1],
      [2, 1],
      [2, 0],
    ]);
    expect((await room.rejections()).map(({ state }) => state).toSorted()).toEqual(['sent', 'sent', 'task']);
    // A later grade sends nothing to those that do not want it.
    await room.within((unit) => moveGate(unit, { examId: exam.examId, event: 'reopened', at: room.clock.now() }));
    await room.leave(exam.examId);
    await room.deliver();
    expect(archives.map((one) => imagesIn(one).length)).toEqual([4, 2, 2]);
  });

  it('that came beside the stream is told to the archive that has it from elsewhere', async () => {
    const pacs = await startStorescp();
    room.running.push(pacs);
    await room.addDestination({ port: pacs.port });
    const exam = await room.arrive();
    await room.test.asOwner(
      `insert into device_stream (hospital_id, device_id, mode, changed_at) values ($1, $2, 'beside', now())`,
      [room.test.hospitalId, exam.deviceId],
    );
    await room.correct(exam.examId, { kind: 'patient', identity: lisi });
    await room.deliver();
    expect(notesIn(pacs)).toHaveLength(1);
    expect(imagesIn(pacs).map((file) => valueIn(dump(file), '0010,0020'))).toEqual(['P-RIGHT', 'P-RIGHT']);
  });

  it('that is on its way when it is corrected is followed as soon as it has arrived', async () => {
    const pacs = await startStorescp();
    room.running.push(pacs);
    await room.addDestination({ port: pacs.port });
    const exam = await room.arrive({ images: 1 });
    await room.leave(exam.examId);
    const senderOf = createSender('JIAPIAN');
    let isFirst = true;
    await forwardObjects(
      {
        ...room.parts(),
        senderOf: (destination) => {
          const sender = senderOf(destination);
          return Object.assign(
            async (...[objects, onAnswer, ending]: Parameters<typeof sender>) => {
              if (isFirst) await room.correct(exam.examId, { kind: 'patient', identity: lisi });
              isFirst = false;
              await sender(objects, onAnswer, ending);
            },
            { close: async () => sender.close?.() },
          );
        },
      },
      room.signal(),
    );
    await room.deliver();
    const arrived = imagesIn(pacs).map((file) => valueIn(dump(file), '0010,0020') ?? '');
    expect(new Set(arrived)).toEqual(new Set(['P-RIGHT', 'P1']));
    expect(arrived).toHaveLength(2);
    expect(await room.rejections()).toMatchObject([{ title: 'worklist', state: 'sent' }]);
  });

  it('keeps its grade, and a film of it that is 废 is not sent again', async () => {
    const pacs = await startStorescp();
    room.running.push(pacs);
    await room.addDestination({ port: pacs.port });
    const exam = await room.arrive();
    await room.leave(exam.examId);
    await room.deliver();
    await room.reject(exam, exam.sopInstanceUids[0]!);
    await room.correct(exam.examId, { kind: 'patient', identity: lisi });
    await room.deliver();
    const copies = imagesIn(pacs).filter((file) => valueIn(dump(file), '0010,0020') === 'P-RIGHT');
    expect(copies).toHaveLength(1);
    const films = await room.test.asOwner<{ grade: string | null }>(
      `select grade from film where exam_id = $1 order by sop_instance_uid`,
      [exam.examId],
    );
    expect(films.map(({ grade }) => grade)).toEqual(['reject', null]);
    // Every object of the wrong patient is hidden, the 废 one too.
    const open = (await room.rejections()).filter(({ state }) => state !== 'taken-back');
    expect(open.flatMap((one) => one.instance_uids).toSorted()).toEqual([...exam.sopInstanceUids].toSorted());
    // A grade that comes afterwards calls the corrected copy back by the UID that the archive knows it by.
    room.clock.advanceMs(1000);
    await room.reject(exam, exam.sopInstanceUids[1]!);
    await room.deliver();
    const last = notesIn(pacs)
      .map((file) => [execFileSync('dsrdump', ['+U8', '+Pc', '+Pu', file], { encoding: 'utf8' }), dump(file)] as const)
      .filter(([said]) => said.includes('(113001,'))
      .find(([, text]) => valueIn(text, '0010,0020') === 'P-RIGHT');
    expect(last?.[0]).toContain(valueIn(dump(copies[0]!), '0008,0018'));
    expect(complaintsOf(notesIn(pacs).at(-1)!)).toEqual([]);
  });
});

describe('a correction that is taken back', () => {
  it('before anything has left is as if it had never been, but for the two facts', async () => {
    const pacs = await startStorescp();
    room.running.push(pacs);
    await room.addDestination({ port: pacs.port });
    const exam = await room.arrive({ images: 1 }, 'P-WAS');
    const row = await room.correct(exam.examId, { kind: 'patient', identity: lisi });
    await room.undo(row.correction_id);
    expect(await room.examRow(exam.examId)).toMatchObject({ number: 'P-WAS', accession_number: exam.accessionNumber });
    await room.leave(exam.examId);
    await room.deliver();
    expect(valueIn(dump(pacs.files()[0]!), '0010,0020')).toBe('P1');
    expect(valueIn(dump(pacs.files()[0]!), '0008,0018')).toBe(exam.sopInstanceUids[0]);
    const facts = await room.test.asOwner<{ state: string; undoes: string | null }>(
      `select state, undoes from correction order by proposed_at`,
    );
    expect(facts).toEqual([
      { state: 'undone', undoes: null },
      { state: 'in-force', undoes: row.correction_id },
    ]);
  });

  it('hides the corrected copy and shows the first one again, in the archive’s way', async () => {
    const [resending, revoking] = await Promise.all([startStorescp(), startStorescp()]);
    room.running.push(resending, revoking);
    await room.addDestination({ port: resending.port, name: 'resend' });
    await room.addDestination({ port: revoking.port, name: 'revoke', undo: 'revoke-note' });
    const exam = await room.arrive({ images: 1 });
    await room.leave(exam.examId);
    await room.deliver();
    const row = await room.correct(exam.examId, { kind: 'patient', identity: lisi });
    await room.deliver();
    await room.undo(row.correction_id);
    await room.deliver();
    // The copy and the original; where the original was sent again it has replaced the file of its UID.
    expect(imagesIn(resending)).toHaveLength(2);
    const titlesOf = (pacs: { files(): string[] }): string[] =>
      notesIn(pacs).map(
        (file) =>
          /\((113038|REVOKE_REJECTION),/.exec(execFileSync('dsrdump', ['+Pc', file], { encoding: 'utf8' }))?.[1] ?? '',
      );
    expect(titlesOf(resending).toSorted()).toEqual(['113038', '113038']);
    expect(titlesOf(revoking).toSorted()).toEqual(['113038', '113038', 'REVOKE_REJECTION']);
    expect(await room.forwards()).toMatchObject([
      { state: 'sent', superseded: null, is_copy: false },
      { state: 'sent', superseded: null, is_copy: false },
      { state: 'sent', superseded: 'worklist', is_copy: true },
      { state: 'sent', superseded: 'worklist', is_copy: true },
    ]);
  });

  it('cannot be taken back twice, nor can what took it back', async () => {
    const exam = await room.arrive({ images: 1 });
    const row = await room.correct(exam.examId, { kind: 'patient', identity: lisi });
    const back = await room.undo(row.correction_id);
    expect(await codeOf(room.undo(row.correction_id))).toBe('CORRECTIONS_ILLEGAL');
    expect(await codeOf(room.undo(back.correction_id))).toBe('CORRECTIONS_NOT_FOUND');
  });
});
