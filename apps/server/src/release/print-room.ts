import { FolderObjectStore } from '../archive/index.ts';
import type { Platform, Room } from '../platform/platform.ts';
import { printRoutes } from './print-films.routes.ts';

/** The gate in front of the printer. */
export const createPrintRoom = ({ database, clock, folder, settings }: Platform): Room => ({
  routes: (app) => {
    const { aeTitle, tls } = settings;
    printRoutes(app, { database, clock, store: new FolderObjectStore(folder), aeTitle, tls });
  },
});
