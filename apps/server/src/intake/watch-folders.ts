import { readHospitalSettings } from '../organization/index.ts';
import { forEachHospital } from '../platform/each-hospital.ts';
import type { Platform } from '../platform/platform.ts';
import type { OpenDoors } from './open-doors.ts';
import { WatchedFolder } from './watch-folder.ts';

type Parts = Pick<Platform, 'database' | 'folder' | 'clock' | 'log'> & { doors: OpenDoors };

/** Looks once through the folder of the installation and those that the hospitals have set. */
export const watchFolders = ({ database, folder, clock, log, doors }: Parts): (() => Promise<void>) => {
  const watched = new Map<string, WatchedFolder>();
  return async () => {
    for (const path of await watchedPaths(database, folder.watched)) {
      const one = watched.get(path) ?? new WatchedFolder({ path, doors, clock, log });
      watched.set(path, one);
      await one.look().catch((cause: unknown) => log.error('intake.watched-folder-failed', {}, cause));
    }
  };
};

const watchedPaths = async (database: Platform['database'], own: string): Promise<Set<string>> => {
  const paths = new Set([own]);
  await forEachHospital(database, async (unit) => {
    const { watchedFolder } = await readHospitalSettings(unit);
    if (watchedFolder !== '') paths.add(watchedFolder);
  });
  return paths;
};
