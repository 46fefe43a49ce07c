import { startDimseServer, type DimseServer } from '../platform/dimse-server.ts';
import type { OperationService } from '../platform/dimse-operations.ts';
import type { DimseServices } from '../platform/dimse-services.ts';
import type { Platform } from '../platform/platform.ts';
import { createAdmission } from './admit-caller.ts';
import type { Corridor } from './corridor.ts';

/** The door for modalities: C-ECHO, C-STORE into the corridor, and what the other rooms answer. */
export const openDicomDoor = async (
  platform: Platform,
  corridor: Corridor,
  operations: readonly OperationService[] = [],
): Promise<DimseServer> => {
  const { settings, log, readiness } = platform;
  const admit = createAdmission({ ...platform, aeTitle: settings.aeTitle });
  const services = { ...storeInto(corridor, admit), operations };
  const server = await startDimseServer({ ...settings.dicom, log, services });
  log.info('dimse.listening', { ...server.address, aeTitle: settings.aeTitle });
  readiness.add('dicom', () => server.check());
  if (settings.dicomTls === null || settings.tls === null) return server;
  const secure = await startDimseServer({ ...settings.dicomTls, tls: settings.tls, log, services });
  log.info('dimse.listening-tls', { ...secure.address, aeTitle: settings.aeTitle });
  readiness.add('dicom-tls', () => secure.check());
  return { ...server, close: async () => void (await Promise.all([server.close(), secure.close()])) };
};

const storeInto = (corridor: Corridor, admit: DimseServices['admit']): DimseServices => ({
  admit,
  beginStore: ({ sopInstanceUid, ...request }, onRoom) =>
    corridor.begin(
      {
        ...request,
        door: 'dimse',
        fileName: '',
        // A device that names no instance in its command names it in the data set.
        ...(sopInstanceUid === '' ? {} : { sopInstanceUid }),
      },
      onRoom,
    ),
});
