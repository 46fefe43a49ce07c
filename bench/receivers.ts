import fs from 'node:fs';
import { signIn, startOrthanc, startServer, startStorescp, waitUntil } from '@jiapian/testkit';

/** A program that takes C-STORE, freshly started with an empty store. */
export interface Receiver {
  readonly pid: number;
  readonly port: number;
  readonly aet: string;
  /** Waits until so many objects are in its register; undefined for a program that has none. */
  readonly registered?: (count: number) => Promise<void>;
  readonly stop: () => Promise<void>;
}

export const receivers: Readonly<Record<'jiapian' | 'orthanc' | 'storescp', () => Promise<Receiver>>> = {
  jiapian: startJiapian,
  orthanc: async () => {
    const { pid, dicomPort, aet, stop, get } = await startOrthanc();
    const registered = async (count: number) => {
      const { CountInstances } = await get<{ CountInstances: number }>('/statistics');
      if (CountInstances !== count) throw new Error(`Orthanc holds ${CountInstances} of ${count}`);
    };
    return { pid, port: dicomPort, aet, registered, stop };
  },
  storescp: async () => {
    const { pid, port, aet, stop } = await startStorescp();
    return { pid, port, aet, stop };
  },
};

const registerLimitMs = 60_000;

async function startJiapian(): Promise<Receiver> {
  const server = await startServer();
  const session = await signIn(server);
  const registered = async (count: number) => {
    await waitUntil(`${count} objects in the register`, async () => (await instanceCount()) === count, registerLimitMs);
  };
  const instanceCount = async () => {
    const page = await session.get<{ items: { instanceCount: number }[] }>('/api/v1/exams?limit=200');
    return page.items.reduce((sum, exam) => sum + exam.instanceCount, 0);
  };
  return { pid: server.pid, port: server.dicomPort, aet: server.aeTitle, registered, stop: server.stop };
}

/** The most memory that a process had resident so far, in MB. */
export function peakResidentMb(pid: number): number {
  const line = /^VmHWM:\s+(\d+) kB$/m.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Math.round(Number(line?.[1]) / 1024);
}
