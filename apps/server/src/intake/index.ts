export { createIntakeRoom } from './intake-room.ts';
export { emptyTally, looksLikeArchive, readArchive } from './read-archive.ts';
