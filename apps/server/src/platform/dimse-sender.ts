import type { Socket } from 'node:net';
import { DATA_PDU_OVERHEAD_BYTES, PDV_HEADER_BYTES, writeDataPduHeader } from '@jiapian/dicom/network';
import type { DimseDataset } from './dimse-dataset.ts';

/** Bytes sent in one call: a CT slice as a whole, or many units of a peer that wants them small. */
const BATCH_BYTES = 1024 * 1024;
/** Largest unit that we send, bytes; also to a peer that sets no limit. */
const LARGEST_PDU_BYTES = 128 * 1024;
/** One on the wire, one being read, one read ahead. */
const BUFFERS_KEPT = 3;

export interface DatasetPlan {
  contextId: number;
  /** Largest unit that the peer takes, bytes; 0 for no limit. */
  peerPduBytes: number;
}

/** Units of a data set, laid out and filled. */
interface Batch {
  bytes: Buffer;
  /** The whole buffer, for the next batch. */
  buffer: Buffer;
}

/**
 * Streams data sets as P-DATA-TF units over one connection. File bytes are read straight between the unit headers, two
 * batches in turn: one is read while the other is sent. The beginning of the next data set can be read ahead, while the
 * peer stores the one before it. Fragments have an even length (PS3.8 annex E): a data set with an odd one (deflated, or
 * ended early by its device) gets one zero byte behind it. Buffers are used again: a new one for each object costs more
 * than the reading.
 */
export class DatasetSender {
  readonly #socket: Socket;
  readonly #free: Buffer[] = [];
  readonly #ahead = new Map<DimseDataset, Promise<Batch>>();

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  /** Reads the beginning; `send` of the same data set finds it read. */
  readAhead(dataset: DimseDataset, plan: DatasetPlan): void {
    if (this.#ahead.has(dataset)) return;
    const reading = this.#read(dataset, plan, 0);
    // Told when it is sent, or never.
    reading.catch(() => undefined);
    this.#ahead.set(dataset, reading);
  }

  /** What was read ahead and will not be sent. */
  forget(dataset: DimseDataset): Promise<void> {
    const reading = this.#ahead.get(dataset);
    this.#ahead.delete(dataset);
    return Promise.resolve(reading).then(
      (batch) => batch && this.#giveBack(batch.buffer),
      () => undefined,
    );
  }

  /** Sends the command and its data set; what was read ahead leaves in one call with the command. */
  async send(command: Uint8Array, dataset: DimseDataset, plan: DatasetPlan): Promise<void> {
    if (dataset.byteLength === 0) return write(this.#socket, Buffer.concat([command, emptyDataset(plan.contextId)]));
    const reading = this.#ahead.get(dataset) ?? this.#read(dataset, plan, 0);
    this.#ahead.delete(dataset);
    const first = await reading;
    this.#socket.cork();
    this.#socket.write(command);
    let sent = this.#write(first);
    this.#socket.uncork();
    const step = shapeOf(plan).batchDataBytes;
    for (let position = step; position < dataset.byteLength; position += step) {
      const batch = await this.#read(dataset, plan, position);
      await sent;
      sent = this.#write(batch);
    }
    await sent;
  }

  async #read(dataset: DimseDataset, plan: DatasetPlan, position: number): Promise<Batch> {
    const buffer = this.#free.pop() ?? Buffer.allocUnsafeSlow(BATCH_BYTES);
    const { bytes, views } = layOut(buffer, dataset.byteLength, plan, position);
    await dataset.fill(views, position);
    return { bytes, buffer };
  }

  #write({ bytes, buffer }: Batch): Promise<void> {
    const sent = write(this.#socket, bytes).then(() => this.#giveBack(buffer));
    // Awaited in the next turn; a failure until then must not count as unhandled.
    sent.catch(() => undefined);
    return sent;
  }

  #giveBack(buffer: Buffer): void {
    if (this.#free.length < BUFFERS_KEPT) this.#free.push(buffer);
  }
}

const shapeOf = ({ peerPduBytes }: DatasetPlan): { fragmentBytes: number; batchDataBytes: number } => {
  const pduBytes = peerPduBytes === 0 ? LARGEST_PDU_BYTES : Math.min(peerPduBytes, LARGEST_PDU_BYTES);
  const fragmentBytes = Math.max(2, pduBytes - PDV_HEADER_BYTES) & ~1;
  return {
    fragmentBytes,
    batchDataBytes: Math.floor(BATCH_BYTES / (fragmentBytes + DATA_PDU_OVERHEAD_BYTES)) * fragmentBytes,
  };
};

const emptyDataset = (contextId: number): Buffer => {
  const bytes = Buffer.alloc(DATA_PDU_OVERHEAD_BYTES);
  writeDataPduHeader(bytes, 0, { contextId, isCommand: false, isLast: true, fragmentBytes: 0 });
  return bytes;
};

const layOut = (
  buffer: Buffer,
  datasetBytes: number,
  plan: DatasetPlan,
  position: number,
): { bytes: Buffer; views: Uint8Array[] } => {
  const shape = shapeOf(plan);
  const views: Uint8Array[] = [];
  const end = Math.min(datasetBytes, position + shape.batchDataBytes);
  let offset = 0;
  for (let start = position; start < end; start += shape.fragmentBytes) {
    const dataBytes = Math.min(shape.fragmentBytes, end - start);
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
export const dataPdus = (bytes: Uint8Array, plan: DatasetPlan): Uint8Array[] => {
  const { fragmentBytes } = shapeOf(plan);
  if (bytes.byteLength === 0) return [emptyDataset(plan.contextId)];
  return Array.from({ length: Math.ceil(bytes.byteLength / fragmentBytes) }, (_, index) => {
    const part = bytes.subarray(index * fragmentBytes, (index + 1) * fragmentBytes);
    const unit = Buffer.alloc(DATA_PDU_OVERHEAD_BYTES + part.byteLength + (part.byteLength % 2));
    const isLast = (index + 1) * fragmentBytes >= bytes.byteLength;
    const dataBytes = unit.byteLength - DATA_PDU_OVERHEAD_BYTES;
    writeDataPduHeader(unit, 0, { contextId: plan.contextId, isCommand: false, isLast, fragmentBytes: dataBytes });
    unit.set(part, DATA_PDU_OVERHEAD_BYTES);
    return unit;
  });
};
