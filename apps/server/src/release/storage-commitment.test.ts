import { mkdtempSync, rmSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { decodeJson, encodeJson, jsonItems, jsonNumber, jsonText, readPart10 } from '@jiapian/dicom';
import {
  commandFields,
  EXPLICIT_LITTLE_ENDIAN,
  serviceClasses,
  statuses,
  type CommandSet,
} from '@jiapian/dicom/network';
import { fixedClock } from '@jiapian/kernel';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestDatabase, type TestDatabase } from '../../../../test/testkit/src/database.ts';
import { freePorts } from '../../../../test/testkit/src/free-ports.ts';
import { startOrthanc, type Orthanc } from '../../../../test/testkit/src/orthanc.ts';
import { registerExam } from '../../../../test/testkit/src/register-exam.ts';
import { sample } from '../../../../test/testkit/src/samples.ts';
import { waitUntil } from '../../../../test/testkit/src/wait-until.ts';
import { DimseClient, type DimseMessage } from '../platform/dimse-client.ts';
import { startDimseServer, type DimseServer } from '../platform/dimse-server.ts';
import { silentLog } from '../platform/log.ts';
import { commitStorage, type CommitmentParts } from './commit-storage.ts';
import { askCommitment } from './commit-storage-ask.ts';
import { findCommitments } from './storage-commitment-asks.repository.ts';
import { commitmentRequestJson, PUSH_MODEL_INSTANCE } from './storage-commitment-data.ts';
import { storageCommitmentService } from './storage-commitment-service.ts';

let test: TestDatabase;
let server: DimseServer;
let parts: CommitmentParts;
let orthanc: Orthanc;
const folder = mkdtempSync(join(tmpdir(), 'jiapian-commit-'));
const clock = fixedClock(new Date('2026-11-24T08:00:00Z'));
const commitment = serviceClasses.storageCommitment.uid;
const dx = '1.2.840.10008.5.1.4.1.1.1.1';
const never = new AbortController().signal;

beforeAll(async () => {
  test = await startTestDatabase();
  test.registry.register([{ name: 'note-answer', on: 'commitment.answered', handle: async () => undefined }]);
  const store = { path: async (objectId: string) => join(folder, objectId) };
  parts = { database: test.database, clock, log: silentLog, store, aeTitle: 'JIAPIAN', tls: null };
  const [port = 0] = await freePorts(1);
  server = await startDimseServer({
    host: '127.0.0.1',
    port,
    log: silentLog,
    services: {
      admit: async () => ({ isAdmitted: true }),
      beginStore: () => ({ write: () => true, complete: async () => undefined, discard: async () => undefined }),
      operations: [storageCommitmentService(parts)],
    },
  });
  orthanc = await startOrthanc({ peers: [{ name: 'jiapian', aet: 'JIAPIAN', port }] });
}, 60_000);
afterAll(async () => {
  await orthanc.stop();
  await server.close();
  await test.stop();
  rmSync(folder, { recursive: true });
});
beforeEach(async () => {
  for (const table of [
    'commitment_request',
    'commitment_ask',
    'dicom_application',
    'forward',
    'hospital_setting',
    'job',
  ])
    await test.asOwner(`delete from ${table}`);
});

/** An exam in the register whose files lie on the disk, 100 bytes each as the register has it. */
const exam = async (images = 1): Promise<{ examId: string; sopInstanceUids: string[] }> => {
  const registered = await registerExam(test, { images });
  for (const uid of registered.sopInstanceUids) await writeFile(join(folder, `object-${uid}`), Buffer.alloc(100));
  return registered;
};

/** A modality that asks and stays; what it is told, by kind. */
const ask = async (
  objects: readonly { sopClassUid: string; sopInstanceUid: string }[],
  { command = {}, stays = true }: { command?: CommandSet; stays?: boolean } = {},
) => {
  const peer = { ...server.address, calledAeTitle: 'JIAPIAN', callingAeTitle: 'DR1' };
  const client = await DimseClient.associate(peer, [
    { abstractSyntax: commitment, transferSyntax: EXPLICIT_LITTLE_ENDIAN },
  ]);
  const told = Promise.withResolvers<DimseMessage>();
  void client.awaitRequest(async (message) => {
    told.resolve(message);
    return statuses.success;
  });
  const transactionUid = `2.25.${BigInt(`0x${randomUUID().replaceAll('-', '')}`)}`;
  const dataset = encodeJson(commitmentRequestJson({ transactionUid, objects: [...objects] }), EXPLICIT_LITTLE_ENDIAN);
  const answer = await client.call(
    commitment,
    {
      CommandField: commandFields.actionRequest,
      RequestedSOPClassUID: commitment,
      RequestedSOPInstanceUID: PUSH_MODEL_INSTANCE,
      ActionTypeID: 1,
      ...command,
    },
    dataset,
  );
  if (!stays) await client.release();
  return { status: answer.command.Status, told: told.promise, transactionUid, client };
};
const reportOf = ({ command, dataset, transferSyntax }: DimseMessage) => {
  const json = decodeJson(dataset, transferSyntax);
  return {
    eventType: command.EventTypeID,
    transactionUid: jsonText(json, '00081195'),
    committed: jsonItems(json, '00081199').map((item) => jsonText(item, '00081155')),
    failed: jsonItems(json, '00081198').map((item) => [jsonText(item, '00081155'), jsonNumber(item, '00081197')]),
  };
};
const requests = () => test.asOwner('select state, attempts, answer from commitment_request');
const waitForState = (state: string) =>
  waitUntil(`the request to be ${state}`, async () => {
    const [row] = await test.asOwner<{ state: string }>('select state from commitment_request');
    return row?.state === state;
  });

describe('a modality that asks and stays', () => {
  it('is told yes on its association when every object is on our disk', async () => {
    const { sopInstanceUids } = await exam(3);
    const asked = await ask(sopInstanceUids.map((sopInstanceUid) => ({ sopClassUid: dx, sopInstanceUid })));
    expect(asked.status).toBe(0);
    expect(reportOf(await asked.told)).toEqual({
      eventType: 1,
      transactionUid: asked.transactionUid,
      committed: sopInstanceUids,
      failed: [],
    });
    await waitForState('reported');
    await asked.client.release();
  });

  it('is told no, object by object: another class, bytes that are gone', async () => {
    const { sopInstanceUids } = await exam(3);
    const [good = '', otherClass = '', gone = ''] = sopInstanceUids;
    await writeFile(join(folder, `object-${gone}`), Buffer.alloc(99));
    const asked = await ask([
      { sopClassUid: dx, sopInstanceUid: good },
      { sopClassUid: '1.2.840.10008.5.1.4.1.1.1', sopInstanceUid: otherClass },
      { sopClassUid: dx, sopInstanceUid: gone },
    ]);
    expect(reportOf(await asked.told)).toMatchObject({
      eventType: 2,
      committed: [good],
      failed: [
        [otherClass, 0x0119],
        [gone, 0x0110],
      ],
    });
    await asked.client.release();
  });

  it('is refused for another instance, another action, or no objects', async () => {
    const one = [{ sopClassUid: dx, sopInstanceUid: '2.25.1' }];
    const statusOf = async (objects: typeof one, command: CommandSet) => {
      const asked = await ask(objects, { command, stays: false });
      return asked.status;
    };
    expect(await statusOf(one, { RequestedSOPInstanceUID: '2.25.9' })).toBe(0x0112);
    expect(await statusOf(one, { ActionTypeID: 2 })).toBe(0x0123);
    expect(await statusOf([], {})).toBe(0x0115);
    expect(await requests()).toEqual([]);
  });
});

describe('an object that nobody has sent', () => {
  it('is waited for as long as the register may need, and then refused', async () => {
    const asked = await ask([{ sopClassUid: dx, sopInstanceUid: '2.25.404' }], { stays: false });
    expect(asked.status).toBe(0);
    await waitUntil('the first look', async () => {
      const [row] = await test.asOwner<{ looked: boolean }>(
        "select next_attempt_at < received_at + interval '10 s' as looked from commitment_request",
      );
      return row?.looked === true;
    });
    clock.advanceMs(59_000);
    await commitStorage(parts, never);
    expect(await requests()).toEqual([{ state: 'waiting', attempts: 0, answer: '' }]);
    clock.advanceMs(6_000);
    await commitStorage(parts, never);
    // Nobody has said where this modality listens.
    expect(await requests()).toEqual([{ state: 'decided', attempts: 1, answer: 'DIMSE_UNREACHABLE' }]);
    expect(await test.asOwner('select failure_reason from commitment_item')).toEqual([{ failure_reason: 0x0112 }]);
  });
});

describe('the policy that the archive must have confirmed', () => {
  it('keeps a modality waiting until every copy is confirmed', async () => {
    const { examId, sopInstanceUids } = await exam(1);
    const [uid = ''] = sopInstanceUids;
    await test.asOwner(
      `insert into hospital_setting (hospital_id, key, value) values ($1, 'commitmentPolicy', '"confirmed-by-pacs"')`,
      [test.hospitalId],
    );
    const destinationId = await destination();
    await test.asOwner(
      `insert into forward (hospital_id, exam_id, sop_instance_uid, destination_id, state) values ($1, $2, $3, $4, 'queued')`,
      [test.hospitalId, examId, uid, destinationId],
    );
    await ask([{ sopClassUid: dx, sopInstanceUid: uid }], { stays: false });
    clock.advanceMs(41_000);
    await commitStorage(parts, never);
    expect(await requests()).toMatchObject([{ state: 'waiting' }]);
    await test.asOwner(`update forward set state = 'sent'`);
    clock.advanceMs(5_000);
    await commitStorage(parts, never);
    expect(await test.asOwner('select failure_reason from commitment_item')).toEqual([{ failure_reason: 0 }]);
  });
});

const destination = async (): Promise<string> => {
  const id = randomUUID();
  await test.asOwner(`insert into destination (hospital_id, destination_id, name, kind) values ($1, $2, $3, 'dimse')`, [
    test.hospitalId,
    id,
    id,
  ]);
  return id;
};

describe('a real Orthanc', () => {
  it('that asks us is told on an association of ours, for what we hold and for what we do not', async () => {
    const { sopInstanceUids } = await exam(2);
    await test.asOwner(
      `insert into dicom_application (hospital_id, ae_title, host, port) values ($1, $2, '127.0.0.1', $3)`,
      [test.hospitalId, orthanc.aet, orthanc.dicomPort],
    );
    const answer = await fetch(`${orthanc.url}/modalities/jiapian/storage-commitment`, {
      method: 'POST',
      body: JSON.stringify({ DicomInstances: [...sopInstanceUids, '2.25.405'].map((uid) => [dx, uid]) }),
    });
    const { ID } = (await answer.json()) as { ID: string };
    await waitForState('waiting');
    clock.advanceMs(61_000);
    await waitUntil('the report to reach Orthanc', async () => {
      await commitStorage(parts, never);
      clock.advanceMs(6_000);
      return (await orthanc.get<{ Status: string }>(`/storage-commitment/${ID}`)).Status !== 'Pending';
    });
    const report = await orthanc.get<{
      Status: string;
      Success: { SOPInstanceUID: string }[];
      Failures: { SOPInstanceUID: string; FailureReason: number }[];
    }>(`/storage-commitment/${ID}`);
    expect(report.Status).toBe('Failure');
    expect(report.Success.map(({ SOPInstanceUID }) => SOPInstanceUID).sort()).toEqual([...sopInstanceUids].sort());
    expect(report.Failures).toMatchObject([{ SOPInstanceUID: '2.25.405', FailureReason: 0x0112 }]);
  });

  it('that we ask commits to what it has, and says so on an association of its own', async () => {
    const file = await readFile(sample('dx/dx-pelvis-ap-infant-1.dcm'));
    await fetch(`${orthanc.url}/instances`, { method: 'POST', body: file });
    const { mediaStorageSopClassUid: sopClassUid = '', mediaStorageSopInstanceUid: uid = '' } = readPart10(file);
    const destinationId = await destination();
    const peer = { host: '127.0.0.1', port: orthanc.dicomPort, calledAeTitle: orthanc.aet, callingAeTitle: 'JIAPIAN' };
    const objects = [uid, '2.25.406'].map((sopInstanceUid) => ({ sopClassUid, sopInstanceUid }));
    await askCommitment(
      { database: test.database, clock },
      { hospitalId: test.hospitalId, destinationId, peer, objects },
      100,
    );
    const find = () =>
      test.database.withHospital(test.hospitalId, (unit) => findCommitments(unit, destinationId, [uid, '2.25.406']));
    await waitUntil('the report of Orthanc', async () => (await find()).get(uid)?.failureReason !== null);
    const found = await find();
    expect(found.get(uid)?.failureReason).toBe(0);
    expect(found.get('2.25.406')?.failureReason).toBe(0x0112);
    expect(await test.asOwner(`select name from job`)).toEqual([{ name: 'note-answer' }]);
  });
});
