import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodePart10Header, joinChunks } from '@jiapian/dicom';
import { fixedClock } from '@jiapian/kernel';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestDatabase, type TestDatabase } from '../../../../test/testkit/src/database.ts';
import { startDcmqrscp, type Dcmqrscp } from '../../../../test/testkit/src/dcmqrscp.ts';
import { storescu } from '../../../../test/testkit/src/dcmtk.ts';
import { freePorts } from '../../../../test/testkit/src/free-ports.ts';
import { startOrthanc, type Orthanc } from '../../../../test/testkit/src/orthanc.ts';
import { smallDataSet } from '../../../../test/testkit/src/received.ts';
import { Spool } from '../archive/index.ts';
import { createDataFolder } from '../platform/data-folder.ts';
import { startDimseServer, type DimseServer } from '../platform/dimse-server.ts';
import { silentLog } from '../platform/log.ts';
import { Corridor } from './corridor.ts';
import { fetchExams, type FetchParts } from './fetch-exams.ts';

let test: TestDatabase;
let server: DimseServer;
let archive: Dcmqrscp;
let orthanc: Orthanc;
let parts: FetchParts;
let spool: Spool;
const deviceId = randomUUID();
const folder = mkdtempSync(join(tmpdir(), 'jiapian-fetch-'));
// 2026-11-24 in the zone of the hospital, 10 o'clock.
const start = new Date('2026-11-24T02:00:00Z');
const clock = fixedClock(start);
const never = new AbortController().signal;
/** SOP Instance UIDs that came, by C-STORE or through the corridor. */
const arrived: string[] = [];

/** Three studies: two of our device, one of another station; a fourth of another day. */
const studies = [
  { study: '2.25.501', StationName: 'DX1' },
  { study: '2.25.502', StationName: 'DX1' },
  { study: '2.25.503', StationName: 'OTHER' },
  { study: '2.25.504', StationName: 'DX1', StudyDate: '20261101' },
];
const files = studies.map(({ study, ...values }, index) => {
  const uid = `${study}.1.1`;
  const file = join(folder, `${index}.dcm`);
  const dataSet = smallDataSet({
    SOPInstanceUID: uid,
    StudyInstanceUID: study,
    SeriesInstanceUID: `${study}.1`,
    SeriesNumber: 1,
    InstanceNumber: 1,
    StudyID: '1',
    ...values,
  });
  const header = encodePart10Header({
    sopClassUid: '1.2.840.10008.5.1.4.1.1.1.1',
    sopInstanceUid: uid,
    transferSyntaxUid: '1.2.840.10008.1.2.1',
  });
  writeFileSync(file, joinChunks([header, dataSet]));
  return file;
});

beforeAll(async () => {
  test = await startTestDatabase();
  const [port = 0] = await freePorts(1);
  server = await startDimseServer({
    host: '127.0.0.1',
    port,
    log: silentLog,
    services: {
      admit: async () => ({ isAdmitted: true }),
      beginStore: ({ sopInstanceUid }) => ({
        write: () => true,
        complete: async () => arrived.push(sopInstanceUid),
        discard: async () => undefined,
      }),
    },
  });
  const data = await createDataFolder(join(folder, 'data'));
  spool = await Spool.open(data.spool, 'worker');
  const corridor = new Corridor({
    spool,
    clock,
    onDurable: ({ sopInstanceUid }) => arrived.push(sopInstanceUid ?? ''),
    onReceived: () => undefined,
  });
  parts = { database: test.database, clock, log: silentLog, aeTitle: 'JIAPIAN', tls: null, corridor: () => corridor };
  archive = await startDcmqrscp({ aet: 'JIAPIAN', port });
  orthanc = await startOrthanc({ dicomWeb: true, peers: [{ name: 'jiapian', aet: 'JIAPIAN', port }] });
  await storescu({ port: archive.port, calledAet: archive.aet }, files);
  await storescu({ port: orthanc.dicomPort, calledAet: orthanc.aet }, files);
  await test.asOwner(
    `insert into device (hospital_id, device_id, name, modality, ae_title, station_name, named_at)
     values ($1, $2, 'DX room 1', 'DX', 'DX1AE', 'DX1', now())`,
    [test.hospitalId, deviceId],
  );
  await test.asOwner(
    `insert into device_stream (hospital_id, device_id, mode, changed_at) values ($1, $2, 'fetch', now())`,
    [test.hospitalId, deviceId],
  );
}, 90_000);
afterAll(async () => {
  await orthanc.stop();
  await archive.stop();
  await server.close();
  await spool.close();
  await test.stop();
  rmSync(folder, { recursive: true });
});
beforeEach(async () => {
  arrived.length = 0;
  clock.advanceMs(start.getTime() - clock.now().getTime());
  for (const table of ['fetch_task', 'fetch_plan', 'dicom_application', 'audit_entry'])
    await test.asOwner(`delete from ${table}`);
});

type Plan = Partial<
  Record<'kind' | 'ae_title' | 'url' | 'from_hour' | 'to_hour' | 'exams_per_hour' | 'sample_percent', string | number>
>;
const plan = async (values: Plan): Promise<void> => {
  const columns = Object.keys(values);
  await test.asOwner(
    `insert into fetch_plan (hospital_id, device_id${columns.map((column) => `, ${column}`).join('')})
     values ($1, $2${columns.map((_, index) => `, $${index + 3}`).join('')})`,
    [test.hospitalId, deviceId, ...Object.values(values)],
  );
};
const application = (aeTitle: string, port: number) =>
  test.asOwner(`insert into dicom_application (hospital_id, ae_title, host, port) values ($1, $2, '127.0.0.1', $3)`, [
    test.hospitalId,
    aeTitle,
    port,
  ]);
const tasks = () => test.asOwner('select study_instance_uid as uid, state, objects from fetch_task order by 1');
const lastAnswer = async () =>
  (await test.asOwner<{ last_answer: string }>('select last_answer from fetch_plan'))[0]?.last_answer;
const both = [
  { uid: '2.25.501', state: 'fetched', objects: 1 },
  { uid: '2.25.502', state: 'fetched', objects: 1 },
];

const all = [...both, { uid: '2.25.503', state: 'fetched', objects: 1 }];

describe('exams of a device', () => {
  it('are found and fetched from dcmqrscp by C-FIND and C-MOVE: these days only, of any station, as it tells none', async () => {
    await application(archive.aet, archive.port);
    await plan({ kind: 'dimse', ae_title: archive.aet });
    await fetchExams(parts, never);
    expect([await lastAnswer(), await tasks()]).toEqual(['', all]);
    expect(arrived.sort()).toEqual(['2.25.501.1.1', '2.25.502.1.1', '2.25.503.1.1']);
    expect(await test.asOwner('select action from audit_entry')).toHaveLength(3);
  });

  it('are found and fetched from Orthanc by C-FIND and C-MOVE, those of its own station only', async () => {
    await application(orthanc.aet, orthanc.dicomPort);
    await plan({ kind: 'dimse', ae_title: orthanc.aet });
    await fetchExams(parts, never);
    expect([await lastAnswer(), await tasks()]).toEqual(['', both]);
    expect(arrived.sort()).toEqual(['2.25.501.1.1', '2.25.502.1.1']);
  });

  it('are found and fetched from Orthanc by QIDO-RS and WADO-RS, through the corridor', async () => {
    await plan({ kind: 'web', url: `${orthanc.url}/dicom-web` });
    await fetchExams(parts, never);
    expect([await lastAnswer(), await tasks()]).toEqual(['', both]);
    expect(arrived.sort()).toEqual(['2.25.501.1.1', '2.25.502.1.1']);
  });

  it('are fetched by C-GET from an archive that has no address of ours', async () => {
    const stranger = await startDcmqrscp({ aet: 'SOMEBODY', port: 104 }, 'STRANGER');
    await storescu({ port: stranger.port, calledAet: stranger.aet }, files);
    await application(stranger.aet, stranger.port);
    await plan({ kind: 'dimse', ae_title: stranger.aet });
    await fetchExams(parts, never);
    await stranger.stop();
    expect([await lastAnswer(), await tasks()]).toEqual(['', all]);
    expect(arrived.sort()).toEqual(['2.25.501.1.1', '2.25.502.1.1', '2.25.503.1.1']);
  });

  it('are fetched once, however often they are found', async () => {
    await application(archive.aet, archive.port);
    await plan({ kind: 'dimse', ae_title: archive.aet });
    await fetchExams(parts, never);
    clock.advanceMs(301_000);
    await fetchExams(parts, never);
    expect(arrived).toHaveLength(3);
  });
});

describe('the rate', () => {
  it('holds for an hour, and then goes on', async () => {
    await application(archive.aet, archive.port);
    await plan({ kind: 'dimse', ae_title: archive.aet, exams_per_hour: 1 });
    await fetchExams(parts, never);
    await fetchExams(parts, never);
    expect(arrived).toHaveLength(1);
    clock.advanceMs(3_600_000);
    await fetchExams(parts, never);
    expect(arrived).toHaveLength(2);
  });

  it('is nothing outside the hours', async () => {
    await application(archive.aet, archive.port);
    await plan({ kind: 'dimse', ae_title: archive.aet, from_hour: 11, to_hour: 24 });
    await fetchExams(parts, never);
    expect(await tasks()).toEqual([]);
    clock.advanceMs(3_600_000);
    await fetchExams(parts, never);
    expect(await tasks()).toEqual(all);
  });
});

describe('what is not fetched', () => {
  it('is a study outside the sample, which is drawn once', async () => {
    await application(archive.aet, archive.port);
    await plan({ kind: 'dimse', ae_title: archive.aet, sample_percent: 1 });
    await fetchExams(parts, never);
    const states = (await tasks()) as { state: string }[];
    expect(states.filter(({ state }) => state === 'not-sampled').length + arrived.length).toBe(3);
  });

  it('is anything of a device whose way is another', async () => {
    await application(archive.aet, archive.port);
    await plan({ kind: 'dimse', ae_title: archive.aet });
    await test.asOwner(`update device_stream set mode = 'beside'`);
    await fetchExams(parts, never);
    await test.asOwner(`update device_stream set mode = 'fetch'`);
    expect(await tasks()).toEqual([]);
  });
});

describe('an archive that is away', () => {
  it('is noted, asked again later, and given up on after the last wait', async () => {
    const [nobody = 0] = await freePorts(1);
    await application('GONE', nobody);
    await plan({ kind: 'dimse', ae_title: 'GONE' });
    await fetchExams(parts, never);
    expect(await lastAnswer()).toBe('DIMSE_UNREACHABLE · ECONNREFUSED');
    await test.asOwner(
      `insert into fetch_task (hospital_id, study_instance_uid, device_id, state, attempts, found_at, next_attempt_at)
       values ($1, '2.25.9', $2, 'found', 0, $3, $3), ($1, '2.25.8', $2, 'failed', 9, $3, $3)`,
      [test.hospitalId, deviceId, clock.now()],
    );
    await fetchExams(parts, never);
    expect(await test.asOwner('select state, attempts, answer from fetch_task order by attempts')).toEqual([
      { state: 'failed', attempts: 1, answer: 'DIMSE_UNREACHABLE · ECONNREFUSED' },
      { state: 'given-up', attempts: 10, answer: 'DIMSE_UNREACHABLE · ECONNREFUSED' },
    ]);
  });

  it('is told apart from one that does not have the study any more', async () => {
    await application(archive.aet, archive.port);
    await plan({ kind: 'dimse', ae_title: archive.aet });
    await test.asOwner(
      `insert into fetch_task (hospital_id, study_instance_uid, device_id, state, found_at, next_attempt_at)
       values ($1, '2.25.99', $2, 'found', $3, $3)`,
      [test.hospitalId, deviceId, clock.now()],
    );
    await fetchExams(parts, never);
    const [lost] = (await tasks()).filter(({ uid }) => uid === '2.25.99');
    expect(lost).toEqual({ uid: '2.25.99', state: 'failed', objects: 0 });
  });
});
