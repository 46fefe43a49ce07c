export { decodeEnvelope, doors, encodeEnvelope, ENVELOPE_BLOCK_BYTES, type Door, type Envelope } from './envelope.ts';
export { isObjectId, receivedAtOf } from './object-id.ts';
export { FolderObjectStore, type ObjectStore, type Place } from './object-store.ts';
export { listSpooled, Spool } from './spool.ts';
export { HEAD_BYTES, type SpoolWriter } from './spool-writer.ts';
export { storageError } from './storage-error.ts';
