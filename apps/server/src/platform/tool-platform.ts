import { anyRoleHeld, createDataFolder, type DataFolder } from './data-folder.ts';
import { openDatabase, type Database } from './database.ts';
import { startEmbeddedPostgres } from './embedded-postgres.ts';
import { createJobRegistry } from './job-registry.ts';
import { silentLog } from './log.ts';
import { migrate } from './migrate.ts';
import type { Settings } from './settings.ts';

/** What a command of the command line works with: it takes no role and no lock. */
export interface ToolPlatform {
  settings: Settings;
  folder: DataFolder;
  database: Database;
  /** Connects as owner; only for backup and restore. */
  ownerUrl: string;
  close(): Promise<void>;
}

/** Joins the database of a running server, or starts it for the length of the command. */
export const openToolPlatform = async (
  settings: Settings,
  prepare: (ownerUrl: string) => Promise<unknown> = migrate,
): Promise<ToolPlatform> => {
  const folder = await createDataFolder(settings.dataFolder);
  const postgres = settings.databaseUrl === null ? await startEmbeddedPostgres(folder.postgres, silentLog) : null;
  const leave = async (): Promise<void> => {
    if (!postgres) return;
    if (await anyRoleHeld(folder, new Set())) postgres.leave();
    else await postgres.stop();
  };
  const ownerUrl = postgres?.url ?? settings.databaseUrl ?? '';
  try {
    await prepare(ownerUrl);
  } catch (error) {
    await leave();
    throw error;
  }
  const database = openDatabase(ownerUrl, { registry: createJobRegistry(), maxConnections: 4 });
  return {
    settings,
    folder,
    database,
    ownerUrl,
    close: async () => {
      await database.close();
      await leave();
    },
  };
};
