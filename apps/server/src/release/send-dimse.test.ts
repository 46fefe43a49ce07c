import { readFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { readPart10 } from '@jiapian/dicom';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startStorescp, type Storescp } from '../../../../test/testkit/src/dcmtk.ts';
import { sample } from '../../../../test/testkit/src/samples.ts';
import type { OutgoingObject, SendAnswer } from './outgoing.ts';
import { createDimseSender } from './send-dimse.ts';

/** The object over which the line breaks. */
const UNLUCKY = '2.25.9009';

let pacs: Storescp;
let line: Server;
beforeAll(async () => {
  pacs = await startStorescp();
  // A PACS that hangs up over one object, as some do over one that they cannot read.
  line = createServer((caller) => {
    const peer = connect({ port: pacs.port, host: '127.0.0.1', noDelay: true });
    for (const end of [caller, peer]) end.on('error', () => undefined);
    caller.on('data', (bytes) => (bytes.includes(UNLUCKY) ? caller.destroy() : peer.write(bytes)));
    caller.on('close', () => peer.destroy());
    peer.pipe(caller);
  });
  await new Promise<void>((resolve) => line.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  line.close();
  await pacs.stop();
});

const outgoing = (name: string, sopInstanceUid: string): OutgoingObject => {
  const path = sample(name);
  const part10 = readPart10(new Uint8Array(readFileSync(path)));
  return {
    path,
    dataSetOffset: part10.dataSetOffset,
    sopClassUid: part10.mediaStorageSopClassUid ?? '',
    sopInstanceUid,
    transferSyntaxUid: part10.transferSyntaxUid,
  };
};

it('lets no object hold up the ones behind it when the peer breaks off over it', async () => {
  const good = (number: number) => outgoing(`ct/head-philips/std-brain-5mm-00${number}.dcm`, `2.25.${number}`);
  const broken = outgoing('ct/head-philips/std-brain-5mm-009.dcm', UNLUCKY);
  const answers: (SendAnswer['outcome'] | undefined)[] = [];
  const { port } = line.address() as AddressInfo;
  const send = createDimseSender({ host: '127.0.0.1', port, calledAeTitle: 'X', callingAeTitle: 'Y' });
  await send(
    [good(1), broken, good(2), good(3)],
    (index, answer) => {
      answers[index] = answer.outcome;
    },
    new AbortController().signal,
  );
  await send.close?.();
  expect(answers).toEqual(['sent', 'failed', 'sent', 'sent']);
});
