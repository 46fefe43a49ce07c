import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import { decodeFileMeta, encodeAssociateReject, rejections, VERIFICATION_SOP_CLASS } from '@jiapian/dicom/network';
import { freePorts, sample, samplesBelow, startStorescp, temporaryFolder, type Storescp } from '@jiapian/testkit';
import { afterEach, describe, expect, it } from 'vitest';
import { DimseClient, type Proposal } from './dimse-client.ts';
import { bytesDataset, openFileDataset } from './dimse-dataset.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const CT = '1.2.840.10008.5.1.4.1.1.2';
const EXPLICIT = '1.2.840.10008.1.2.1';

const startPacs = async (options: readonly string[] = []): Promise<Storescp> => {
  const pacs = await startStorescp(options);
  closers.push(() => pacs.stop());
  return pacs;
};

const peerAt = (port: number, calledAeTitle = 'STORESCP') => ({
  host: '127.0.0.1',
  port,
  calledAeTitle,
  callingAeTitle: 'JIAPIAN',
});

const objectOf = async (path: string) => {
  const bytes = readFileSync(path);
  const opened = decodeFileMeta(bytes);
  if (opened === undefined) throw new Error(`no meta information in ${path}`);
  const dataset = await openFileDataset(path, opened.datasetOffset);
  closers.push(() => dataset.close());
  const { mediaStorageSopClassUid = '', mediaStorageSopInstanceUid = '', transferSyntaxUid = '' } = opened.meta;
  return {
    sopClassUid: mediaStorageSopClassUid,
    sopInstanceUid: mediaStorageSopInstanceUid,
    transferSyntaxUid,
    dataset,
    bytes: bytes.subarray(opened.datasetOffset),
  };
};

const proposalFor = ({
  sopClassUid,
  transferSyntaxUid,
}: {
  sopClassUid: string;
  transferSyntaxUid: string;
}): Proposal => ({
  abstractSyntax: sopClassUid,
  transferSyntax: transferSyntaxUid,
});

/** A peer that answers nothing but what it is told to. */
const startRaw = async (onConnect: (socket: import('node:net').Socket) => void): Promise<number> => {
  const server: Server = createServer((socket) => {
    socket.on('error', () => undefined);
    onConnect(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => server.close());
  return (server.address() as AddressInfo).port;
};

describe('the association client', () => {
  it('is answered C-ECHO by dcmtk', async () => {
    const pacs = await startPacs();
    const client = await DimseClient.associate(peerAt(pacs.port), [
      { abstractSyntax: VERIFICATION_SOP_CLASS, transferSyntax: '1.2.840.10008.1.2' },
    ]);
    expect(await client.echo()).toEqual({ kind: 'success', status: 0, comment: '' });
    await client.release();
    expect(client.isOpen).toBe(false);
  });

  it('sends every radiograph and every syntax of the samples over one association, data set bytes unchanged', async () => {
    const pacs = await startPacs();
    // What dcmtk's receiver takes: all but HTJ2K and the retired lossless and progressive processes.
    const refused = /HTJ2K|4\.53|4\.55|4\.57/u;
    const paths = [...samplesBelow('dx'), ...samplesBelow('transfer-syntax')].filter((path) => !refused.test(path));
    const objects = await Promise.all(paths.map(objectOf));
    const proposals = [...new Map(objects.map(proposalFor).map((one) => [JSON.stringify(one), one])).values()];
    const client = await DimseClient.associate(peerAt(pacs.port), proposals);
    for (const object of objects) {
      expect(await client.store(object)).toMatchObject({ kind: 'success' });
      // Fragments are even: an odd data set travels with one zero byte behind it.
      const travelled = Buffer.concat([object.bytes, Buffer.alloc(object.bytes.byteLength % 2)]);
      const kept = pacs.files().some((file) => readFileSync(file).subarray(-travelled.byteLength).equals(travelled));
      expect(kept, object.sopInstanceUid).toBe(true);
    }
    await client.release();
  });

  it('keeps to the unit length that the peer asks for', async () => {
    const pacs = await startPacs(['--max-pdu', '4096']);
    const object = await objectOf(sample(`transfer-syntax/ct-${EXPLICIT}.dcm`));
    const client = await DimseClient.associate(peerAt(pacs.port), [proposalFor(object)]);
    expect(await client.store(object)).toMatchObject({ kind: 'success' });
    await client.release();
    const [file = ''] = pacs.files();
    expect(readFileSync(file).subarray(-object.bytes.byteLength).equals(object.bytes)).toBe(true);
  });

  it('sends a data set from memory, and an empty one', async () => {
    const pacs = await startPacs();
    const { bytes, dataset: _file, ...object } = await objectOf(sample(`transfer-syntax/ct-${EXPLICIT}.dcm`));
    const client = await DimseClient.associate(peerAt(pacs.port), [proposalFor(object)]);
    expect(await client.store({ ...object, dataset: bytesDataset(bytes) })).toMatchObject({ kind: 'success' });
    expect((await client.store({ ...object, dataset: bytesDataset(new Uint8Array(0)) })).status).toBeTypeOf('number');
    await client.release();
  });

  it('tells which class or encoding the peer does not take, and goes on with the others', async () => {
    const pacs = await startPacs();
    const unknown = { abstractSyntax: '1.2.840.10008.5.1.4.1.2.2.1', transferSyntax: '1.2.840.10008.1.2' };
    const object = await objectOf(sample(`transfer-syntax/ct-${EXPLICIT}.dcm`));
    const client = await DimseClient.associate(peerAt(pacs.port), [unknown, proposalFor(object)]);
    expect(client.accepts(unknown)).toBe(false);
    await expect(client.store({ ...object, transferSyntaxUid: '1.2.840.10008.1.2.4.70' })).rejects.toMatchObject({
      code: 'DIMSE_REFUSED',
      facts: { reason: 'context-not-accepted' },
    });
    expect(await client.store(object)).toMatchObject({ kind: 'success' });
    await client.release();
  });

  it('names the reason of a rejection', async () => {
    const pacs = await startPacs(['--refuse']);
    await expect(
      DimseClient.associate(peerAt(pacs.port), [{ abstractSyntax: CT, transferSyntax: EXPLICIT }]),
    ).rejects.toMatchObject({
      code: 'DIMSE_REJECTED',
      facts: { rejection: 'no-reason-given' },
    });
    const port = await startRaw((socket) =>
      socket.once('data', () => socket.end(encodeAssociateReject(rejections['called-ae-title-unknown']))),
    );
    await expect(
      DimseClient.associate(peerAt(port), [{ abstractSyntax: CT, transferSyntax: EXPLICIT }]),
    ).rejects.toMatchObject({
      code: 'DIMSE_REJECTED',
      facts: { rejection: 'called-ae-title-unknown', isTransient: false },
    });
  });

  it('tells an unreachable peer from one that breaks off and one that says nothing', async () => {
    const [port = 0] = await freePorts(1);
    const services = [{ abstractSyntax: CT, transferSyntax: EXPLICIT }];
    await expect(DimseClient.associate(peerAt(port), services)).rejects.toMatchObject({ code: 'DIMSE_UNREACHABLE' });
    const rude = await startRaw((socket) => socket.once('data', () => socket.destroy()));
    await expect(DimseClient.associate(peerAt(rude), services)).rejects.toMatchObject({ code: 'DIMSE_ABORTED' });
    const silent = await startRaw(() => undefined);
    await expect(DimseClient.associate(peerAt(silent), services, { answerMs: 50 })).rejects.toMatchObject({
      code: 'DIMSE_TIMED_OUT',
    });
    const garbled = await startRaw((socket) => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n'));
    await expect(DimseClient.associate(peerAt(garbled), services)).rejects.toMatchObject({ code: 'DIMSE_PROTOCOL' });
  });

  it.each([
    ['--abort-during', 'DIMSE_ABORTED'],
    ['--abort-after', 'DIMSE_ABORTED'],
  ])('says that the peer broke off when it does %s the object', async (option, code) => {
    const pacs = await startPacs([option]);
    const object = await objectOf(sample(`transfer-syntax/ct-${EXPLICIT}.dcm`));
    const client = await DimseClient.associate(peerAt(pacs.port), [proposalFor(object)]);
    await expect(client.store(object)).rejects.toMatchObject({ code });
    expect(client.isOpen).toBe(false);
    await expect(client.store(object)).rejects.toMatchObject({ code });
  });

  it('fails when the stored file is shorter than it was, and aborts the association', async () => {
    const pacs = await startPacs();
    const folder = temporaryFolder('client');
    closers.push(() => folder.remove());
    const path = join(folder.path, 'cut.dcm');
    const whole = await objectOf(sample(`transfer-syntax/ct-${EXPLICIT}.dcm`));
    writeFileSync(path, readFileSync(sample(`transfer-syntax/ct-${EXPLICIT}.dcm`)));
    const cut = await objectOf(path);
    writeFileSync(path, 'cut');
    const client = await DimseClient.associate(peerAt(pacs.port), [proposalFor(whole)]);
    await expect(client.store(cut)).rejects.toMatchObject({ code: 'STORAGE_FAILED' });
    expect(client.isOpen).toBe(false);
  });
});
