import { createHash } from 'node:crypto';
import { startDimseServer } from '../platform/dimse-server.ts';
import type { Log } from '../platform/log.ts';
import type { DemoPacs } from './demo-department.ts';

/** A PACS that takes everything and keeps nothing: the other end of the demo's gate. */
export const startDemoPacs = async (log: Log): Promise<DemoPacs & { close(): Promise<void> }> => {
  const server = await startDimseServer({
    host: '127.0.0.1',
    port: 0,
    log,
    services: {
      admit: async () => ({ isAdmitted: true }),
      beginStore: () => {
        const digest = createHash('sha256');
        return {
          write: (bytes) => {
            digest.update(bytes);
            return true;
          },
          complete: async () => digest.digest('hex'),
          discard: async () => undefined,
        };
      },
    },
  });
  return { aeTitle: 'DEMOPACS', host: server.address.host, port: server.address.port, close: () => server.close() };
};
