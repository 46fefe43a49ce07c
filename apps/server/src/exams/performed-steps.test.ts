import { readFileSync } from 'node:fs';
import { encodeJson, type DicomJson } from '@jiapian/dicom';
import { commandFields, EXPLICIT_LITTLE_ENDIAN, IMPLICIT_LITTLE_ENDIAN, serviceClasses } from '@jiapian/dicom/network';
import { fixedClock } from '@jiapian/kernel';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestDatabase, type TestDatabase } from '../../../../test/testkit/src/database.ts';
import { receivedImage } from '../../../../test/testkit/src/received.ts';
import { sample } from '../../../../test/testkit/src/samples.ts';
import { DimseClient } from '../platform/dimse-client.ts';
import { startDimseServer, type DimseServer } from '../platform/dimse-server.ts';
import { silentLog } from '../platform/log.ts';
import { performedStepService } from './performed-step-service.ts';
import type { RegisterBatch } from './received-object.ts';
import { createRegister } from './register-received.ts';

let test: TestDatabase;
let server: DimseServer;
let registerBatch: RegisterBatch;
const clock = fixedClock(new Date('2024-01-02T02:30:00Z'));
const liveEvents = { publishWith: async () => undefined };
const mpps = serviceClasses.performedStep.uid;

beforeAll(async () => {
  test = await startTestDatabase();
  test.registry.register([{ name: 'note-completed', on: 'exam.completed', handle: async () => undefined }]);
  const parts = { database: test.database, clock, liveEvents };
  server = await startDimseServer({
    host: '127.0.0.1',
    port: 0,
    log: silentLog,
    services: {
      admit: async () => ({ isAdmitted: true }),
      beginStore: () => ({ write: () => true, complete: async () => undefined, discard: async () => undefined }),
      operations: [performedStepService(parts)],
    },
  });
  ({ registerBatch } = createRegister({ ...parts, store: { read: async () => new Uint8Array() } }));
});
afterAll(async () => {
  await server.close();
  await test.stop();
});
beforeEach(async () => {
  const tables = ['performed_image', 'performed_step', 'imaging_order', 'exam_event', 'instance', 'series', 'exam'];
  for (const table of [...tables, 'patient', 'stored_object', 'device', 'job'])
    await test.asOwner(`delete from ${table}`);
});

const read = (name: string) => JSON.parse(readFileSync(sample(`mpps/${name}.json`), 'utf8')) as DicomJson;
const begun = read('mpps-create-dx-chest');
const uid = '2.25.360199503386649749012615717951308644';
const study = '2.25.890645415172147063987856754485800093';
const images = ['2.25.385366696863396292828813035604641719', '2.25.356440502835311883284891843655174696'];

/** One association for each word, as consoles do; the answer's status and error. */
const say = async (
  what: 'create' | 'set',
  content: DicomJson | null,
  { instance = uid, transferSyntax = EXPLICIT_LITTLE_ENDIAN as string } = {},
) => {
  const peer = { ...server.address, calledAeTitle: 'JIAPIAN', callingAeTitle: 'DXROOM1' };
  const client = await DimseClient.associate(peer, [{ abstractSyntax: mpps, transferSyntax }]);
  const command =
    what === 'create'
      ? { CommandField: commandFields.createRequest, AffectedSOPClassUID: mpps, AffectedSOPInstanceUID: instance }
      : { CommandField: commandFields.setRequest, RequestedSOPClassUID: mpps, RequestedSOPInstanceUID: instance };
  const dataset = content === null ? null : encodeJson(content, transferSyntax);
  const { command: answer } = await client.call(mpps, command, dataset);
  await client.release();
  return answer;
};
const steps = (columns: string) => test.asOwner(`select ${columns} from performed_step`);
const image = (sopInstanceUid: string) =>
  receivedImage(
    { SOPInstanceUID: sopInstanceUid, StudyInstanceUID: study, AccessionNumber: 'A1001', PatientID: 'P1001' },
    clock.now(),
  );
const without = (content: DicomJson, tag: string): DicomJson =>
  Object.fromEntries(Object.entries(content).filter(([key]) => key !== tag));

describe('a step of the collection', () => {
  it.each([EXPLICIT_LITTLE_ENDIAN, IMPLICIT_LITTLE_ENDIAN])('begins and is completed in %s', async (transferSyntax) => {
    expect(await say('create', begun, { transferSyntax })).toMatchObject({
      Status: 0,
      CommandField: commandFields.createResponse,
      AffectedSOPInstanceUID: uid,
      AffectedSOPClassUID: mpps,
    });
    expect(await say('set', read('mpps-set-completed-dx-chest'), { transferSyntax })).toMatchObject({ Status: 0 });
    expect(
      await steps(`state, station_ae_title, calling_ae_title, modality, study_instance_uid, accession_number,
        dicom_patient_id, step_number, exposures, started_at, ended_at, reason_code`),
    ).toEqual([
      {
        state: 'completed',
        station_ae_title: 'DXROOM1',
        calling_ae_title: 'DXROOM1',
        modality: 'DX',
        study_instance_uid: study,
        accession_number: 'A1001',
        dicom_patient_id: 'P1001',
        step_number: 'PPSA1001',
        exposures: 2,
        started_at: new Date('2024-01-02T02:12:00Z'),
        ended_at: new Date('2024-01-02T02:19:30Z'),
        reason_code: '',
      },
    ]);
    expect(await test.asOwner('select sop_instance_uid from performed_image order by 1 desc')).toEqual(
      images.map((sop_instance_uid) => ({ sop_instance_uid })),
    );
  });

  it('is discontinued with its reason', async () => {
    await say('create', begun);
    expect(await say('set', read('mpps-set-discontinued'))).toMatchObject({ Status: 0 });
    expect(await steps('state, reason_code')).toEqual([{ state: 'discontinued', reason_code: '110513' }]);
  });
});

describe('a word that cannot be taken', () => {
  it('is refused: begun twice, unknown, ended already, wrong status, something missing, no data set', async () => {
    await say('create', begun);
    expect(await say('create', begun)).toMatchObject({ Status: 0x0111 });
    expect(await say('set', read('mpps-set-completed-dx-chest'), { instance: '2.25.9' })).toMatchObject({
      Status: 0x0112,
    });
    const status = (value: string): DicomJson => ({ '00400252': { vr: 'CS', Value: [value] } });
    expect(await say('set', status('FINISHED'))).toMatchObject({ Status: 0x0106 });
    expect(await say('create', { ...begun, ...status('COMPLETED') }, { instance: '2.25.8' })).toMatchObject({
      Status: 0x0106,
    });
    expect(await say('create', without(begun, '00400241'), { instance: '2.25.8' })).toMatchObject({
      Status: 0x0120,
      ErrorComment: '(0040,0241)',
    });
    expect(await say('set', null)).toMatchObject({ Status: 0x0110, ErrorComment: 'DICOM_UNREADABLE' });
    await say('set', read('mpps-set-completed-dx-chest'));
    expect(await say('set', read('mpps-set-discontinued'))).toMatchObject({ Status: 0x0110, ErrorID: 0xa710 });
    expect(await steps('state')).toEqual([{ state: 'completed' }]);
  });

  it('is another operation than the two', async () => {
    const peer = { ...server.address, calledAeTitle: 'JIAPIAN', callingAeTitle: 'DXROOM1' };
    const client = await DimseClient.associate(peer, [
      { abstractSyntax: mpps, transferSyntax: EXPLICIT_LITTLE_ENDIAN },
    ]);
    const command = { CommandField: commandFields.actionRequest, RequestedSOPClassUID: mpps, ActionTypeID: 1 };
    expect((await client.call(mpps, command, null)).command).toMatchObject({ Status: 0x0211 });
    await client.release();
  });

  it('and an association that breaks off inside one leaves nothing', async () => {
    const peer = { ...server.address, calledAeTitle: 'JIAPIAN', callingAeTitle: 'DXROOM1' };
    const client = await DimseClient.associate(peer, [
      { abstractSyntax: mpps, transferSyntax: EXPLICIT_LITTLE_ENDIAN },
    ]);
    const command = {
      CommandField: commandFields.createRequest,
      AffectedSOPClassUID: mpps,
      AffectedSOPInstanceUID: uid,
    };
    const dataset = encodeJson(begun, EXPLICIT_LITTLE_ENDIAN);
    await expect(client.call(mpps, command, dataset.subarray(0, 101))).resolves.toMatchObject({
      command: { Status: 0x0110 },
    });
    client.abort();
    expect(await steps('state')).toEqual([]);
  });
});

describe('a step and its exam', () => {
  const exam = () => test.asOwner('select state from exam');
  const events = () => test.asOwner('select event, at, facts from exam_event order by at, exam_event_id');

  it('ends the exam at once when its images were here before', async () => {
    await say('create', begun);
    await registerBatch(images.map(image));
    expect(await exam()).toEqual([{ state: 'receiving' }]);
    await say('set', read('mpps-set-completed-dx-chest'));
    expect(await exam()).toEqual([{ state: 'ready' }]);
    const line = (await events()) as { event: string; at: Date; facts: Record<string, unknown> }[];
    expect(line.map(({ event }) => event)).toEqual([
      'step.started',
      'step.completed',
      'exam.first-received',
      'exam.last-received',
      'exam.completed',
    ]);
    expect(line[0]?.at).toEqual(new Date('2024-01-02T02:12:00Z'));
    expect(line.at(-1)?.facts).toMatchObject({ by: 'modality' });
  });

  it('ends it with the last image when it was completed before', async () => {
    await say('create', begun);
    await say('set', read('mpps-set-completed-dx-chest'));
    await registerBatch([image(images[0]!)]);
    expect(await exam()).toEqual([{ state: 'receiving' }]);
    await registerBatch([image(images[1]!)]);
    expect(await exam()).toEqual([{ state: 'ready' }]);
  });

  it('does not end it while another step of it is in progress', async () => {
    await say('create', begun);
    await say('create', begun, { instance: '2.25.77' });
    await registerBatch(images.map(image));
    await say('set', read('mpps-set-completed-dx-chest'));
    expect(await exam()).toEqual([{ state: 'receiving' }]);
  });

  it('moves the order: started, done, or discontinued', async () => {
    const order = () => test.asOwner('select state from imaging_order');
    await test.asOwner(
      `insert into imaging_order (hospital_id, order_id, order_key, accession_number, source, told_at, received_at, changed_at)
       values ($1, gen_random_uuid(), 'A1001', 'A1001', 'api', now(), now(), now())`,
      [test.hospitalId],
    );
    await say('create', begun);
    expect(await order()).toEqual([{ state: 'started' }]);
    await say('set', read('mpps-set-discontinued'));
    expect(await order()).toEqual([{ state: 'discontinued' }]);
  });
});
