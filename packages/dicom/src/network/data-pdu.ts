import { joinBytes } from './byte-parts.ts';
import { PDU_HEADER_BYTES, PDV_HEADER_BYTES, pduTypes } from './pdu-types.ts';

/** Bytes that precede each fragment when a unit carries one value: unit header and value header. */
export const DATA_PDU_OVERHEAD_BYTES = PDU_HEADER_BYTES + PDV_HEADER_BYTES;

/** Writes the twelve bytes before a fragment of `fragmentBytes` at `offset` of `target`. PS3.8 section 9.3.5. */
export const writeDataPduHeader = (
  target: Uint8Array,
  offset: number,
  header: { contextId: number; isCommand: boolean; isLast: boolean; fragmentBytes: number },
): void => {
  const view = new DataView(target.buffer, target.byteOffset + offset, DATA_PDU_OVERHEAD_BYTES);
  view.setUint8(0, pduTypes.dataTransfer);
  view.setUint8(1, 0);
  view.setUint32(2, header.fragmentBytes + PDV_HEADER_BYTES);
  view.setUint32(6, header.fragmentBytes + 2);
  view.setUint8(10, header.contextId);
  view.setUint8(11, (header.isCommand ? 1 : 0) | (header.isLast ? 2 : 0));
};

/** A command set as one unit. Command sets are far below every maximum length that the standard allows (4 kB). */
export const commandPdu = (contextId: number, commandSet: Uint8Array): Uint8Array => {
  const pduHeader = new Uint8Array(DATA_PDU_OVERHEAD_BYTES);
  writeDataPduHeader(pduHeader, 0, { contextId, isCommand: true, isLast: true, fragmentBytes: commandSet.byteLength });
  return joinBytes(pduHeader, commandSet);
};
