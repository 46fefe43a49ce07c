import type { Socket } from 'node:net';
import { DATA_PDU_OVERHEAD_BYTES, PDV_HEADER_BYTES, writeDataPduHeader } from '@jiapian/dicom/network';
import type { DimseDataset } from './dimse-dataset.ts';

/** Bytes sent in one call: several units of a peer that wants them small. */
const BATCH_BYTES = 512 * 1024;
/** Largest unit that we send to a peer that sets no limit, bytes. */
const UNLIMITED_PDU_BYTES = 128 * 1024;

/**
 * Streams a data set as P-DATA-TF units. File bytes are read straight between the unit headers, two batches in turn:
 * one is read while the other is sent. Fragments have an even length (PS3.8 annex E): a data set with an odd one
 * (deflated, or ended early by its device) gets one zero byte behind it.
 */
export const sendDataset = async (
  socket: Socket,
  dataset: DimseDataset,
  options: { contextId: number; peerPduBytes: number },
): Promise<void> => {
  const pduBytes = options.peerPduBytes === 0 ? UNLIMITED_PDU_BYTES : Math.min(options.peerPduBytes, BATCH_BYTES);
  const fragmentBytes = Math.max(2, pduBytes - PDV_HEADER_BYTES) & ~1;
  const batchFragments = Math.max(1, Math.floor(BATCH_BYTES / (fragmentBytes + DATA_PDU_OVERHEAD_BYTES)));
  const batchDataBytes = batchFragments * fragmentBytes;
  const memory =
    Math.min(batchFragments, Math.ceil(dataset.byteLength / fragmentBytes)) * (fragmentBytes + DATA_PDU_OVERHEAD_BYTES);
  const buffers = [Buffer.allocUnsafe(memory), Buffer.allocUnsafe(memory)] as const;
  let sent: Promise<void> = Promise.resolve();
  if (dataset.byteLength === 0) return write(socket, emptyDataset(options.contextId));
  for (let position = 0, turn = 0; position < dataset.byteLength; position += batchDataBytes, turn ^= 1) {
    const batch = layOut(buffers[turn === 0 ? 0 : 1], dataset.byteLength, {
      ...options,
      position,
      fragmentBytes,
      batchDataBytes,
    });
    await dataset.fill(batch.views, position);
    await sent;
    sent = write(socket, batch.bytes);
    // Awaited in the next turn; a failure until then must not count as unhandled.
    sent.catch(() => undefined);
  }
  await sent;
};

const emptyDataset = (contextId: number): Buffer => {
  const bytes = Buffer.alloc(DATA_PDU_OVERHEAD_BYTES);
  writeDataPduHeader(bytes, 0, { contextId, isCommand: false, isLast: true, fragmentBytes: 0 });
  return bytes;
};

const layOut = (
  buffer: Buffer,
  datasetBytes: number,
  plan: { contextId: number; position: number; fragmentBytes: number; batchDataBytes: number },
): { bytes: Buffer; views: Uint8Array[] } => {
  const views: Uint8Array[] = [];
  const end = Math.min(datasetBytes, plan.position + plan.batchDataBytes);
  let offset = 0;
  for (let start = plan.position; start < end; start += plan.fragmentBytes) {
    const dataBytes = Math.min(plan.fragmentBytes, end - start);
    const fragmentBytes = dataBytes + (dataBytes % 2);
    const isLast = start + dataBytes === datasetBytes;
    writeDataPduHeader(buffer, offset, { contextId: plan.contextId, isCommand: false, isLast, fragmentBytes });
    offset += DATA_PDU_OVERHEAD_BYTES;
    views.push(buffer.subarray(offset, offset + dataBytes));
    buffer.fill(0, offset + dataBytes, offset + fragmentBytes);
    offset += fragmentBytes;
  }
  return { bytes: buffer.subarray(0, offset), views };
};

const write = (socket: Socket, bytes: Uint8Array): Promise<void> =>
  new Promise((resolve, reject) => {
    socket.write(bytes, (cause) => (cause instanceof Error ? reject(cause) : resolve()));
  });

/** A short data set as whole units, for messages that are made in memory. */
export const dataPdus = (
  bytes: Uint8Array,
  { contextId, peerPduBytes }: { contextId: number; peerPduBytes: number },
): Uint8Array[] => {
  const pduBytes = peerPduBytes === 0 ? UNLIMITED_PDU_BYTES : Math.min(peerPduBytes, BATCH_BYTES);
  const fragmentBytes = Math.max(2, pduBytes - PDV_HEADER_BYTES) & ~1;
  if (bytes.byteLength === 0) return [emptyDataset(contextId)];
  return Array.from({ length: Math.ceil(bytes.byteLength / fragmentBytes) }, (_, index) => {
    const part = bytes.subarray(index * fragmentBytes, (index + 1) * fragmentBytes);
    const unit = Buffer.alloc(DATA_PDU_OVERHEAD_BYTES + part.byteLength + (part.byteLength % 2));
    const isLast = (index + 1) * fragmentBytes >= bytes.byteLength;
    const dataBytes = unit.byteLength - DATA_PDU_OVERHEAD_BYTES;
    writeDataPduHeader(unit, 0, { contextId, isCommand: false, isLast, fragmentBytes: dataBytes });
    unit.set(part, DATA_PDU_OVERHEAD_BYTES);
    return unit;
  });
};
