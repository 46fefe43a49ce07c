import type { Platform } from '../platform/platform.ts';
import { startMllpServer, type MllpServer } from '../platform/mllp-server.ts';
import { receiveHl7 } from './receive-hl7.ts';

/** The door for the RIS, when `JIAPIAN_HL7` names a port; null when it does not. */
export const openHl7Door = async (platform: Platform): Promise<MllpServer | null> => {
  const { settings, log, readiness } = platform;
  if (settings.hl7 === null) return null;
  const server = await startMllpServer({ ...settings.hl7, log, handler: receiveHl7(platform) });
  log.info('hl7.listening', server.address);
  readiness.add('hl7', () => server.check());
  return server;
};
