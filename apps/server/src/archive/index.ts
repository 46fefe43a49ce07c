export { decodeEnvelope, ENVELOPE_BLOCK_BYTES, type Envelope } from './envelope.ts';
export { isObjectId, receivedAtOf } from './object-id.ts';
export { FolderObjectStore, type ObjectStore } from './object-store.ts';
export { listSpooled, Spool } from './spool.ts';
export { HEAD_BYTES } from './spool-writer.ts';
export { storageError } from './storage-error.ts';
