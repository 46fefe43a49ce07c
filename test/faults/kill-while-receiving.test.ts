import { randomUUID } from 'node:crypto';
import { encodeDataSet, elementsOf, joinChunks } from '@jiapian/dicom';
import { afterAll, expect, test } from 'vitest';
import { DimseClient } from '../../apps/server/src/platform/dimse-client.ts';
import { bytesDataset } from '../../apps/server/src/platform/dimse-dataset.ts';
import { runToEnd } from '../testkit/src/programs.ts';
import { repositoryRoot, temporaryFolder } from '../testkit/src/repository.ts';
import { signIn, startServer, type Server } from '../testkit/src/server.ts';
import { waitUntil } from '../testkit/src/wait-until.ts';

const CT_IMAGE = '1.2.840.10008.5.1.4.1.1.2';
const EXPLICIT_LITTLE_ENDIAN = '1.2.840.10008.1.2.1';
const KILLS = 20;
/** The kill comes at a random moment after so many acknowledged objects at most. */
const OBJECTS_BEFORE_KILL = 40;

const folder = temporaryFolder('kill');
afterAll(() => folder.remove());

const uid = (): string => `2.25.${BigInt(`0x${randomUUID().replaceAll('-', '')}`)}`;

/** A small CT image: its bytes differ by its UID only. */
const slice = (study: string, series: string, sopInstanceUid: string): Uint8Array =>
  joinChunks(
    encodeDataSet(
      elementsOf({
        SOPClassUID: CT_IMAGE,
        SOPInstanceUID: sopInstanceUid,
        StudyDate: '20261124',
        Modality: 'CT',
        PatientName: 'Kill^Test',
        PatientID: 'K1',
        StudyInstanceUID: study,
        SeriesInstanceUID: series,
        SamplesPerPixel: 1,
        PhotometricInterpretation: 'MONOCHROME2',
        Rows: 128,
        Columns: 128,
        BitsAllocated: 16,
        BitsStored: 12,
        HighBit: 11,
        PixelRepresentation: 0,
        PixelData: new Uint8Array(128 * 128 * 2),
      }),
    ),
  );

/** Sends until the peer is gone, and kills it at a random moment; answers what was acknowledged. */
const sendUntilKilled = async (server: Server): Promise<{ study: string; acknowledged: string[] }> => {
  const [study, series] = [uid(), uid()];
  const acknowledged: string[] = [];
  const killAfter = 1 + Math.floor(Math.random() * OBJECTS_BEFORE_KILL);
  const proposal = { abstractSyntax: CT_IMAGE, transferSyntax: EXPLICIT_LITTLE_ENDIAN };
  const peer = { host: '127.0.0.1', port: server.dicomPort, calledAeTitle: server.aeTitle, callingAeTitle: 'CT1' };
  const sendAlong = async (): Promise<void> => {
    const client = await DimseClient.associate(peer, [proposal]);
    while (client.isOpen) {
      const sopInstanceUid = uid();
      const object = { sopClassUid: CT_IMAGE, sopInstanceUid, transferSyntaxUid: EXPLICIT_LITTLE_ENDIAN };
      const { kind } = await client.store({ ...object, dataset: bytesDataset(slice(study, series, sopInstanceUid)) });
      if (kind !== 'failure') acknowledged.push(sopInstanceUid);
      // The other association is in the middle of an object then.
      if (acknowledged.length >= killAfter) server.signal('SIGKILL');
    }
  };
  await Promise.allSettled([sendAlong(), sendAlong()]);
  if (!server.hasExited()) server.signal('SIGKILL');
  await waitUntil('the server to be gone', () => server.hasExited());
  return { study, acknowledged };
};

const registeredOf = async (server: Server, study: string): Promise<Set<string>> => {
  const { get } = await signIn(server);
  const { items } = await get<{ items: { examId: string; studyInstanceUid: string }[] }>('/api/v1/exams?limit=200');
  const exam = items.find((one) => one.studyInstanceUid === study);
  if (!exam) return new Set();
  const detail = await get<{ series: { instances: { sopInstanceUid: string }[] }[] }>(`/api/v1/exams/${exam.examId}`);
  return new Set(detail.series.flatMap((series) => series.instances.map((instance) => instance.sopInstanceUid)));
};

test(
  `loses no acknowledged object in ${KILLS} kills at random moments, and keeps none by halves`,
  { timeout: 600_000 },
  async () => {
    let server = await startServer({ dataFolder: folder.path });
    let total = 0;
    for (let kill = 0; kill < KILLS; kill += 1) {
      const { study, acknowledged } = await sendUntilKilled(server);
      server = await startServer({ dataFolder: folder.path });
      const lost = await waitUntil('every acknowledged object to be registered', async () => {
        const registered = await registeredOf(server, study);
        const missing = acknowledged.filter((one) => !registered.has(one));
        return missing.length === 0 && { missing };
      });
      expect(lost.missing).toEqual([]);
      total += acknowledged.length;
    }
    await server.stop();
    expect(total).toBeGreaterThan(KILLS);
    const verified = await runToEnd(process.execPath, ['apps/server/src/cli/cli.ts', 'verify', '--json'], {
      cwd: repositoryRoot,
      env: { JIAPIAN_DATA: folder.path },
    });
    // What goes to stderr is the log.
    const report = verified.output.split('\n').find((line) => line.includes('"isClean"')) ?? '';
    expect(JSON.parse(report)).toMatchObject({ isClean: true, findings: [] });
  },
);
