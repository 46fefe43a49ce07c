import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { encodePart10Header, joinChunks, type KeywordValues } from '@jiapian/dicom';
import {
  freePorts,
  hospitalDicomDay,
  signIn,
  startOrthanc,
  startServer,
  storescu,
  temporaryFolder,
  waitUntil,
  type Orthanc,
  type Server,
  type SignedIn,
} from '@jiapian/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { smallDataSet } from '../../../../test/testkit/src/received.ts';

let server: Server;
let orthanc: Orthanc;
let admin: SignedIn;
let hl7Port = 0;
const scratch = temporaryFolder('fetch-thread');
const today = hospitalDicomDay();

/** A small radiograph of today as a file. */
const film = (study: string, values: KeywordValues): string => {
  const file = join(scratch.path, `${study}.dcm`);
  const uid = `${study}.1.1`;
  const header = encodePart10Header({
    sopClassUid: '1.2.840.10008.5.1.4.1.1.1.1',
    sopInstanceUid: uid,
    transferSyntaxUid: '1.2.840.10008.1.2.1',
  });
  const uids = { SOPInstanceUID: uid, StudyInstanceUID: study, SeriesInstanceUID: `${study}.1` };
  writeFileSync(file, joinChunks([header, smallDataSet({ ...uids, StudyDate: today, StudyID: '1', ...values })]));
  return file;
};

beforeAll(async () => {
  const [port = 0] = await freePorts(1);
  hl7Port = port;
  server = await startServer({ variables: { JIAPIAN_HL7: `127.0.0.1:${port}` } });
  admin = await signIn(server);
  orthanc = await startOrthanc({ peers: [{ name: 'jiapian', aet: 'JIAPIAN', port: server.dicomPort }] });
}, 90_000);
afterAll(async () => {
  await orthanc.stop();
  await server.stop();
  scratch.remove();
});

interface Exam {
  examId: string;
  accessionNumber: string;
  deviceName: string | null;
  priority: string;
  patientName: string;
}
const exams = async (): Promise<Exam[]> => (await admin.get<{ items: Exam[] }>('/api/v1/exams')).items;
const put = async (path: string, body: unknown): Promise<void> => {
  const answer = await admin.fetch(path, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
};

/** Sends one HL7 message as an interface does, and answers its verdict. */
const sendHl7 = (segments: readonly string[]): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect(hl7Port, '127.0.0.1');
    let answer = '';
    socket.on('error', reject);
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
      const verdict = /\rMSA\|([A-Z]{2})/.exec(answer)?.[1];
      if (verdict !== undefined) socket.end(() => resolve(verdict));
    });
    socket.write(`\x0b${segments.join('\r')}\x1c\r`);
  });

describe('the running server', () => {
  it('fetches an exam from Orthanc for a device whose way is to be fetched', async () => {
    await storescu({ port: orthanc.dicomPort, calledAet: orthanc.aet }, [
      film('2.25.7001', { AccessionNumber: 'F1', StationName: 'ROOM 7' }),
    ]);
    const device = await admin.post<{ deviceId: string }>('/api/v1/devices', {
      name: 'DX by PACS',
      modality: 'DX',
      aeTitle: 'DXPACS',
      priorityClass: 'routine',
    });
    const { checks } = await admin.get<{ checks: { code: string; isMet: boolean | null }[] }>(
      `/api/v1/release/devices/${device.deviceId}/checks?mode=fetch`,
    );
    // A department without any destination cannot take the way; the check list says so.
    expect(checks.filter(({ isMet }) => isMet === false).map(({ code }) => code)).toEqual(['destination-for-notes']);
    await admin.post('/api/v1/destinations', {
      name: 'Orthanc',
      kind: 'dimse',
      aeTitle: orthanc.aet,
      host: '127.0.0.1',
      port: orthanc.dicomPort,
    });
    await put(`/api/v1/release/devices/${device.deviceId}`, {
      mode: 'fetch',
      care: 'none',
      confirmed: checks.map(({ code }) => code),
      version: 0,
    });
    await put('/api/v1/dicom-applications', { aeTitle: orthanc.aet, host: '127.0.0.1', port: orthanc.dicomPort });
    await put(`/api/v1/fetch-plans/${device.deviceId}`, { kind: 'dimse', aeTitle: orthanc.aet, lookBackHours: 720 });
    await waitUntil('the exam to come', async () => (await exams()).length === 1);
    expect(await exams()).toMatchObject([{ accessionNumber: 'F1', deviceName: 'DX by PACS' }]);
    const plans = await admin.get<{ items: { lastAnswer: string; counts: unknown }[] }>('/api/v1/fetch-plans');
    expect(plans.items[0]).toMatchObject({
      lastAnswer: '',
      counts: { found: 0, notSampled: 0, fetched: 1, failed: 0 },
    });
  });

  it('keeps two patients of one association apart, and knows each by its order', async () => {
    const files = [
      film('2.25.7002', { AccessionNumber: 'T1', PatientID: 'P1', PatientName: 'Zhang^San' }),
      film('2.25.7003', { AccessionNumber: 'T2', PatientID: 'P2', PatientName: 'Li^Si' }),
    ];
    const { exitCode } = await storescu({ port: server.dicomPort, callingAet: 'ROOM1' }, files);
    expect(exitCode).toBe(0);
    const ours = async (): Promise<Exam[]> =>
      (await exams()).filter(({ accessionNumber }) => accessionNumber.startsWith('T'));
    await waitUntil('both exams', async () => (await ours()).length === 2);
    expect(
      (await ours()).map(({ accessionNumber, patientName }) => `${accessionNumber} ${patientName}`).sort(),
    ).toEqual(['T1 Zhang San', 'T2 Li Si']);
    const order = ['MSH|^~\\&|RIS|H|||20261124||ORM^O01|M1|P|2.4', 'PID|1||P1^^^H^MR', 'PV1|1|E|ED', 'ORC|NW|PL1|FL1'];
    expect(await sendHl7([...order, 'OBR|1|PL1|FL1|X^Y||||||||||||||T1'])).toBe('AA');
    const priorities = (await ours()).map(({ accessionNumber, priority }) => `${accessionNumber} ${priority}`).sort();
    expect(priorities).toEqual(['T1 emergency', 'T2 unknown']);
  });
});
