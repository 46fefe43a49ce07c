import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { encodeAssociateRequest, decodeFileMeta } from '@jiapian/dicom/network';
import { AppError } from '@jiapian/kernel';
import { echoscu, sample, samplesBelow, storescu, waitUntil } from '@jiapian/testkit';
import { afterEach, describe, expect, it } from 'vitest';
import { startDimseServer, type DimseServer } from './dimse-server.ts';
import type { DimseLimits } from './dimse-limits.ts';
import type { Admission, IncomingObject, StoreRequest } from './dimse-services.ts';
import { silentLog } from './log.ts';

interface Kept {
  request: StoreRequest;
  bytes: Buffer;
}

const servers: DimseServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

const start = async (
  options: { limits?: Partial<DimseLimits>; admission?: Admission; failure?: AppError; hold?: Promise<void> } = {},
) => {
  const kept: Kept[] = [];
  const counts = { begun: 0, completing: 0, discarded: 0 };
  const beginStore = (request: StoreRequest): IncomingObject => {
    counts.begun++;
    const pieces: Buffer[] = [];
    return {
      write: (bytes) => pieces.push(Buffer.from(bytes)) > 0,
      complete: async () => {
        counts.completing++;
        await options.hold;
        if (options.failure !== undefined) throw options.failure;
        kept.push({ request, bytes: Buffer.concat(pieces) });
      },
      discard: async () => {
        counts.discarded++;
      },
    };
  };
  const server = await startDimseServer({
    host: '127.0.0.1',
    port: 0,
    log: silentLog,
    services: { admit: async () => options.admission ?? { isAdmitted: true }, beginStore },
    ...(options.limits === undefined ? {} : { limits: options.limits }),
  });
  servers.push(server);
  return { server, port: server.address.port, kept, counts };
};

const request = (
  contexts = [{ id: 1, abstractSyntax: '1.2.840.10008.5.1.4.1.1.2', transferSyntaxes: ['1.2.840.10008.1.2.1'] }],
) =>
  encodeAssociateRequest({
    calledAeTitle: 'JIAPIAN',
    callingAeTitle: 'RAW',
    contexts,
    userInformation: { maximumPduLength: 16384, implementationClassUid: '2.25.1' },
  });

/** A socket that keeps what it heard. */
const dial = async (port: number): Promise<{ socket: Socket; heard(): Buffer; closed: Promise<unknown> }> => {
  const socket = connect(port, '127.0.0.1');
  const pieces: Buffer[] = [];
  socket.on('data', (chunk) => pieces.push(chunk));
  socket.on('error', () => undefined);
  const closed = once(socket, 'close');
  await once(socket, 'connect');
  return { socket, heard: () => Buffer.concat(pieces), closed };
};

const ABORT = 0x07;
const REJECT = 0x03;
const ACCEPT = 0x02;

const datasetOf = (file: string): Buffer => {
  const bytes = readFileSync(file);
  return bytes.subarray(decodeFileMeta(bytes)?.datasetOffset);
};

/** dcmtk proposes a compressed syntax only when it is told to: the option for each syntax of the samples. */
const proposalOf: Readonly<Record<string, string>> = {
  '1.2.840.10008.1.2': '-xi',
  '1.2.840.10008.1.2.1': '-xe',
  '1.2.840.10008.1.2.2': '-xb',
  '1.2.840.10008.1.2.1.99': '-xd',
  '1.2.840.10008.1.2.5': '-xr',
  '1.2.840.10008.1.2.4.50': '-xy',
  '1.2.840.10008.1.2.4.51': '-xx',
  '1.2.840.10008.1.2.4.70': '-xs',
  '1.2.840.10008.1.2.4.80': '-xt',
  '1.2.840.10008.1.2.4.81': '-xu',
  '1.2.840.10008.1.2.4.90': '-xv',
  '1.2.840.10008.1.2.4.91': '-xw',
};

describe('the association server with dcmtk as the modality', () => {
  it('answers C-ECHO', async () => {
    const { port } = await start();
    expect((await echoscu({ port })).exitCode).toBe(0);
  });

  it.each(Object.entries(proposalOf))('keeps an object in %s as it came', async (transferSyntax, option) => {
    const { port, kept } = await start();
    const file = sample(`transfer-syntax/ct-${transferSyntax}.dcm`);
    const sent = await storescu({ port, callingAet: 'CT1' }, [file], [option]);
    expect(sent.output).not.toMatch(/^E:/mu);
    expect(
      kept.map(({ request: { callingAeTitle, calledAeTitle, transferSyntaxUid } }) => [
        callingAeTitle,
        calledAeTitle,
        transferSyntaxUid,
      ]),
    ).toEqual([['CT1', 'JIAPIAN', transferSyntax]]);
    const image = datasetOf(file);
    // dcmtk writes its own group lengths before what it sends; the pixel data at the end goes through untouched.
    const tail = image.subarray(-Math.floor(image.byteLength / 2));
    if (transferSyntax !== '1.2.840.10008.1.2.1.99')
      expect(kept[0]?.bytes.subarray(-tail.byteLength).equals(tail)).toBe(true);
  });

  it('takes every radiograph of the samples', async () => {
    const { port, kept } = await start();
    const files = samplesBelow('dx');
    for (const file of files) {
      const syntax = decodeFileMeta(readFileSync(file))?.meta.transferSyntaxUid ?? '';
      await storescu({ port }, [file], [proposalOf[syntax] ?? '-x=']);
    }
    expect(kept).toHaveLength(files.length);
  });

  it('refuses a caller by policy, and says which title is not known', async () => {
    const { port, kept } = await start({ admission: { isAdmitted: false, rejection: 'calling-ae-title-unknown' } });
    const sent = await storescu({ port }, [sample('transfer-syntax/ct-1.2.840.10008.1.2.1.dcm')]);
    expect(sent.exitCode).not.toBe(0);
    expect(sent.output).toContain('Calling AE Title Not Recognized');
    expect(kept).toEqual([]);
  });

  it.each([
    [new AppError('STORAGE_FULL'), 'refused: outofresources'],
    [new AppError('STORAGE_FAILED'), 'refused: outofresources'],
    [new AppError('INTAKE_TOO_LARGE'), 'refused: outofresources'],
    [new Error('a defect'), '0x110'],
  ])('answers %s with status %s and goes on', async (failure, status) => {
    const { port, counts } = await start({ failure: failure as AppError });
    const file = sample('transfer-syntax/ct-1.2.840.10008.1.2.1.dcm');
    const sent = await storescu({ port }, [file, file], ['-v', '-xe', '--no-halt']);
    expect(sent.output.toLowerCase()).toContain(status);
    expect(counts.begun).toBe(2);
  });
});

describe('the association server with a peer that breaks the rules', () => {
  it('aborts on garbage and serves the next caller', async () => {
    const { port } = await start();
    const { socket, heard, closed } = await dial(port);
    socket.write('GET / HTTP/1.1\r\n\r\n');
    await closed;
    expect([...heard().subarray(0, 10)]).toEqual([ABORT, 0, 0, 0, 0, 4, 0, 0, 2, 1]);
    expect((await echoscu({ port })).exitCode).toBe(0);
  });

  it.each([
    ['an oversized control unit', Buffer.from('0100ffffffff', 'hex')],
    ['data before an association', Buffer.from('04000000000600000002' + '0103', 'hex')],
    ['a release before an association', Buffer.from('05000000000400000000', 'hex')],
    ['a request that is cut inside an item', Buffer.from('0100000000020001', 'hex')],
  ])('aborts on %s', async (_, bytes) => {
    const { port } = await start();
    const { socket, heard, closed } = await dial(port);
    socket.write(bytes);
    await closed;
    expect(heard()[0]).toBe(ABORT);
  });

  it.each([
    ['an oversized data unit', '0400ffffffff'],
    ['a value longer than its unit', '040000000006' + '00ffffff0103'],
    ['a data set without a command', '04000000000a' + '000000060102' + '01020304'],
    [
      'a context that was not accepted',
      '04000000001c' + '000000180903' + '0000000102000000' + '3000' + '0000000802000000' + '0101' + '0000',
    ],
    ['a command that is no command', '04000000000a' + '000000060103' + 'ffffffff'],
  ])('aborts an association on %s', async (_, hex) => {
    const { port } = await start();
    const { socket, heard, closed } = await dial(port);
    socket.write(request());
    await waitUntil('the acceptance', () => heard()[0] === ACCEPT);
    const accepted = heard().byteLength;
    socket.write(Buffer.from(hex, 'hex'));
    await closed;
    expect(heard()[accepted]).toBe(ABORT);
  });

  it('drops what is half received when the peer hangs up, wherever that is', async () => {
    const { port, kept, counts } = await start();
    const stream = recordedStore();
    for (let cut = 1; cut < stream.byteLength; cut += Math.ceil(stream.byteLength / 40)) {
      const { socket, heard, closed } = await dial(port);
      socket.write(request());
      await waitUntil('the acceptance', () => heard()[0] === ACCEPT);
      socket.write(stream.subarray(0, cut), () => socket.resetAndDestroy());
      await closed;
    }
    await waitUntil('every association to end', () => servers[0]?.openAssociations() === 0);
    expect(kept).toEqual([]);
    expect(counts.discarded).toBe(counts.begun);
  });

  it('hangs up on a peer that says nothing, or stops inside a unit', async () => {
    const { port } = await start({ limits: { artimMs: 100, stalledMs: 100, idleMs: 300 } });
    const silent = await dial(port);
    const dripping = await dial(port);
    dripping.socket.write(request().subarray(0, 20));
    const stalled = await dial(port);
    stalled.socket.write(request());
    await waitUntil('the acceptance', () => stalled.heard()[0] === ACCEPT);
    stalled.socket.write(recordedStore().subarray(0, 200));
    await Promise.all([silent.closed, dripping.closed, stalled.closed]);
    expect(silent.heard()[0]).toBe(ABORT);
  });

  it('lets an association rest between two messages for the idle time, then ends it', async () => {
    const { port } = await start({ limits: { stalledMs: 50, idleMs: 400 } });
    const began = performance.now();
    const { socket, heard, closed } = await dial(port);
    socket.write(request());
    await closed;
    expect(performance.now() - began).toBeGreaterThan(350);
    expect(heard().at(-10)).toBe(ABORT);
  });

  it('refuses the association beyond the limit as transient, and takes one again when there is room', async () => {
    const { server, port } = await start({ limits: { associations: 5 } });
    const peers = await Promise.all(Array.from({ length: 20 }, () => dial(port)));
    for (const { socket } of peers) socket.write(request());
    await waitUntil('every answer', () => peers.every(({ heard }) => heard().byteLength > 0));
    const answers = peers.map(({ heard }) => heard());
    expect(answers.filter((answer) => answer[0] === ACCEPT)).toHaveLength(5);
    const refusals = answers.filter((answer) => answer[0] === REJECT);
    // Result 2 transient, source 3 presentation, reason 2 local limit exceeded: PS3.8 table 9-21.
    expect(refusals.map((answer) => [...answer.subarray(7, 10)])).toEqual(Array.from({ length: 15 }, () => [2, 3, 2]));
    for (const { socket } of peers) socket.destroy();
    await waitUntil('the places to be free', () => server.openAssociations() === 0);
    expect((await echoscu({ port })).exitCode).toBe(0);
  });

  it('survives 200 parallel associations', async () => {
    const { port } = await start();
    const peers = await Promise.all(Array.from({ length: 200 }, () => dial(port)));
    for (const { socket } of peers) socket.write(request());
    await waitUntil('every answer', () => peers.every(({ heard }) => [ACCEPT, REJECT].includes(heard()[0] ?? 0)));
    expect(peers.filter(({ heard }) => heard()[0] === ACCEPT)).toHaveLength(100);
    for (const { socket } of peers) socket.destroy();
  });

  it('acknowledges what was complete before it stops, and aborts what rests', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const { server, port, kept, counts } = await start({ hold: promise });
    const resting = await dial(port);
    resting.socket.write(request());
    await waitUntil('the acceptance', () => resting.heard()[0] === ACCEPT);
    const busy = await dial(port);
    busy.socket.write(request());
    await waitUntil('the acceptance', () => busy.heard()[0] === ACCEPT);
    const accepted = busy.heard().byteLength;
    busy.socket.write(recordedStore());
    await waitUntil('the object to be complete', () => counts.completing === 1);
    const closing = server.close();
    await resting.closed;
    resolve();
    await closing;
    expect(kept).toHaveLength(1);
    expect(busy.heard()[accepted]).toBe(0x04);
  });
});

/** One C-STORE of 4096 bytes on context 1, in units of 1 kB. */
const recordedStore = (): Buffer => {
  const command = Buffer.from(
    '0000020026000000' +
      Buffer.from('1.2.840.10008.5.1.4.1.1.2\0\0\0\0\0\0\0\0\0\0\0\0\0').toString('hex') +
      '0000000102000000' +
      '0100' +
      '0000100102000000' +
      '0100' +
      '0000000802000000' +
      '0000' +
      '0000001004000000' +
      Buffer.from('1.2\0').toString('hex'),
    'hex',
  );
  const unit = (flags: number, content: Buffer): Buffer => {
    const head = Buffer.alloc(12);
    head[0] = 4;
    head.writeUInt32BE(content.byteLength + 6, 2);
    head.writeUInt32BE(content.byteLength + 2, 6);
    head[10] = 1;
    head[11] = flags;
    return Buffer.concat([head, content]);
  };
  const content = Buffer.from(createHash('sha512').update('content').digest('hex').repeat(8));
  return Buffer.concat([unit(3, command), unit(0, content), unit(0, content), unit(0, content), unit(2, content)]);
};
