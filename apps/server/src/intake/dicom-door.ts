import { startDimseServer, type DimseServer } from '../platform/dimse-server.ts';
import type { DimseServices } from '../platform/dimse-services.ts';
import type { Platform } from '../platform/platform.ts';
import { createAdmission } from './admit-caller.ts';
import type { Corridor } from './corridor.ts';

/** The door for modalities: C-ECHO, and C-STORE into the corridor. */
export const openDicomDoor = async (platform: Platform, corridor: Corridor): Promise<DimseServer> => {
  const { settings, log, readiness } = platform;
  const admit = createAdmission({ ...platform, aeTitle: settings.aeTitle });
  const server = await startDimseServer({ ...settings.dicom, log, services: storeInto(corridor, admit) });
  log.info('dimse.listening', { ...server.address, aeTitle: settings.aeTitle });
  readiness.add('dicom', () => server.check());
  return server;
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
