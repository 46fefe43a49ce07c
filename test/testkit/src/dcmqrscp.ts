import fs from 'node:fs';
import path from 'node:path';
import { freePorts } from './free-ports.ts';
import { findProgram, startProgram, type Running } from './programs.ts';
import { temporaryFolder } from './repository.ts';
import { waitUntil } from './wait-until.ts';
import { echoscu } from './dcmtk.ts';

export interface Dcmqrscp extends Running {
  readonly port: number;
  readonly aet: string;
}

/** dcmtk's archive: stores, answers queries, and moves to the one application that it is told of. */
export async function startDcmqrscp(mover: { aet: string; port: number }, aet = 'ARCHIVE'): Promise<Dcmqrscp> {
  const [port = 0] = await freePorts(1);
  const folder = temporaryFolder('dcmqrscp');
  const storage = path.join(folder.path, 'storage');
  fs.mkdirSync(storage);
  const config = path.join(folder.path, 'dcmqrscp.cfg');
  fs.writeFileSync(
    config,
    [
      'NetworkType     = "tcp"',
      `NetworkTCPPort  = ${port}`,
      'MaxPDUSize      = 16384',
      'MaxAssociations = 16',
      'HostTable BEGIN',
      `mover = (${mover.aet}, 127.0.0.1, ${mover.port})`,
      'HostTable END',
      'VendorTable BEGIN',
      'VendorTable END',
      'AETable BEGIN',
      `${aet} ${storage} RW (200, 1024mb) ANY`,
      'AETable END',
      '',
    ].join('\n'),
  );
  const running = startProgram(findProgram('dcmqrscp', 'dcmtk'), ['-c', config], { env: { TCP_NODELAY: '1' } });
  await waitUntil('dcmqrscp to answer', async () => {
    if (running.hasExited()) throw new Error(`dcmqrscp ended at once: ${running.output()}`);
    return (await echoscu({ port, calledAet: aet, callingAet: mover.aet })).exitCode === 0;
  });
  const stop = async () => {
    await running.stop();
    folder.remove();
  };
  return { ...running, port, aet, stop };
}
