import { FolderObjectStore } from '../archive/index.ts';
import type { OperationService } from '../platform/dimse-operations.ts';
import type { Platform, Room } from '../platform/platform.ts';
import { commitStorage, type CommitmentParts } from './commit-storage.ts';
import { storageCommitmentService } from './storage-commitment-service.ts';

const COMMIT_EVERY_MS = 1_000;

/** Storage commitment: what modalities ask of us, and what archives tell us. */
export const createCommitmentRoom = (platform: Platform): Room & { service: OperationService } => {
  const { database, clock, log, settings, folder } = platform;
  const parts: CommitmentParts = {
    database,
    clock,
    log,
    store: new FolderObjectStore(folder),
    aeTitle: settings.aeTitle,
    tls: settings.tls,
  };
  return {
    service: storageCommitmentService(parts),
    ticks: [
      {
        name: 'release.commit-storage',
        everyMs: COMMIT_EVERY_MS,
        run: (signal) => commitStorage(parts, signal),
      },
    ],
  };
};
