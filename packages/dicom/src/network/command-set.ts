import { AppError } from '@jiapian/kernel';

/** The operation or answer that a command set announces (PS3.7 table E.1-1). */
export const commandFields = {
  storeRequest: 0x0001,
  storeResponse: 0x8001,
  findRequest: 0x0020,
  findResponse: 0x8020,
  getRequest: 0x0010,
  getResponse: 0x8010,
  moveRequest: 0x0021,
  moveResponse: 0x8021,
  echoRequest: 0x0030,
  echoResponse: 0x8030,
  eventReportRequest: 0x0100,
  eventReportResponse: 0x8100,
  setRequest: 0x0120,
  setResponse: 0x8120,
  actionRequest: 0x0130,
  actionResponse: 0x8130,
  createRequest: 0x0140,
  createResponse: 0x8140,
  deleteRequest: 0x0150,
  deleteResponse: 0x8150,
  cancelRequest: 0x0fff,
} as const;

/** Value of `CommandDataSetType` when no data set follows (PS3.7 section 9.3.1.1); any other value announces one. */
export const NO_DATA_SET = 0x0101;

/** Largest command set that is read, in bytes; the longest of the standard is below 1 kB. */
export const COMMAND_SET_LIMIT_BYTES = 64 * 1024;

/** Answers of PS3.7 annex C and PS3.4 annex B.2.3 that this product gives or understands. */
export const statuses = {
  success: 0x0000,
  attributeValueOutOfRange: 0x0106,
  processingFailure: 0x0110,
  duplicateSopInstance: 0x0111,
  noSuchSopInstance: 0x0112,
  invalidArgument: 0x0115,
  missingAttribute: 0x0120,
  noSuchActionType: 0x0123,
  noSuchSopClass: 0x0118,
  notAuthorized: 0x0124,
  duplicateInvocation: 0x0210,
  unrecognizedOperation: 0x0211,
  outOfResources: 0xa700,
  dataSetDoesNotMatchSopClass: 0xa900,
  /** C-MOVE to a title that the archive has no address for (PS3.4 table C.4-2). */
  moveDestinationUnknown: 0xa801,
  cannotUnderstand: 0xc000,
  cancelled: 0xfe00,
  pending: 0xff00,
  pendingWithWarning: 0xff01,
} as const;

const elements = [
  [0x0002, 'AffectedSOPClassUID', 'UI'],
  [0x0003, 'RequestedSOPClassUID', 'UI'],
  [0x0100, 'CommandField', 'US'],
  [0x0110, 'MessageID', 'US'],
  [0x0120, 'MessageIDBeingRespondedTo', 'US'],
  [0x0600, 'MoveDestination', 'AE'],
  [0x0700, 'Priority', 'US'],
  [0x0800, 'CommandDataSetType', 'US'],
  [0x0900, 'Status', 'US'],
  [0x0902, 'ErrorComment', 'LO'],
  [0x0903, 'ErrorID', 'US'],
  [0x1000, 'AffectedSOPInstanceUID', 'UI'],
  [0x1001, 'RequestedSOPInstanceUID', 'UI'],
  [0x1002, 'EventTypeID', 'US'],
  [0x1008, 'ActionTypeID', 'US'],
  [0x1020, 'NumberOfRemainingSuboperations', 'US'],
  [0x1021, 'NumberOfCompletedSuboperations', 'US'],
  [0x1022, 'NumberOfFailedSuboperations', 'US'],
  [0x1023, 'NumberOfWarningSuboperations', 'US'],
  [0x1030, 'MoveOriginatorApplicationEntityTitle', 'AE'],
  [0x1031, 'MoveOriginatorMessageID', 'US'],
] as const;

type CommandElement = (typeof elements)[number];
type NumberKeyword = Extract<CommandElement, readonly [number, string, 'US']>[1];
type TextKeyword = Exclude<CommandElement, readonly [number, string, 'US']>[1];

/** A command set as a record of its elements by keyword (PS3.7 annex E.1). */
export type CommandSet = { [Keyword in NumberKeyword]?: number } & { [Keyword in TextKeyword]?: string };

const byElement = new Map<number, CommandElement>(elements.map((element) => [element[0], element]));

/** Writes a command set in Implicit VR Little Endian with its group length (PS3.7 section 6.3.1). */
export const encodeCommandSet = (command: CommandSet): Uint8Array => {
  const bytes = new Uint8Array(encodedLength(command));
  const view = new DataView(bytes.buffer);
  view.setUint32(4, 4, true);
  view.setUint32(8, bytes.byteLength - 12, true);
  let position = 12;
  for (const [element, keyword, representation] of elements) {
    const value = command[keyword];
    if (value === undefined) continue;
    view.setUint16(position + 2, element, true);
    const length = typeof value === 'number' ? 2 : evenLength(value);
    view.setUint32(position + 4, length, true);
    position += 8;
    if (typeof value === 'number') view.setUint16(position, value, true);
    else writeText(bytes, position, value.padEnd(length, representation === 'UI' ? '\0' : ' '));
    position += length;
  }
  return bytes;
};

/**
 * Reads a command set. Elements that are not in the table are passed over. Throws `DIMSE_PROTOCOL` when an element
 * is cut off or does not belong to group 0000.
 */
export const decodeCommandSet = (bytes: Uint8Array): CommandSet => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const command: Record<string, number | string> = {};
  let position = 0;
  while (position < bytes.byteLength) {
    if (position + 8 > bytes.byteLength) throw new AppError('DIMSE_PROTOCOL', { reason: 'truncated-command' });
    if (view.getUint16(position, true) !== 0) throw new AppError('DIMSE_PROTOCOL', { reason: 'not-a-command-group' });
    const element = byElement.get(view.getUint16(position + 2, true));
    const length = view.getUint32(position + 4, true);
    position += 8;
    if (length > bytes.byteLength - position) throw new AppError('DIMSE_PROTOCOL', { reason: 'truncated-command' });
    if (element !== undefined && length >= 2) {
      const [, keyword, representation] = element;
      command[keyword] =
        representation === 'US' ? view.getUint16(position, true) : readText(bytes, position, position + length);
    }
    position += length;
  }
  return command as CommandSet;
};

const evenLength = (text: string): number => text.length + (text.length % 2);

const encodedLength = (command: CommandSet): number =>
  elements.reduce((sum, [, keyword]) => {
    const value = command[keyword];
    if (value === undefined) return sum;
    return sum + 8 + (typeof value === 'number' ? 2 : evenLength(value));
  }, 12);

const writeText = (bytes: Uint8Array, position: number, text: string): void => {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    bytes[position + index] = code > 0xff ? 0x3f : code;
  }
};

const readText = (bytes: Uint8Array, start: number, end: number): string => {
  let text = '';
  for (let index = start; index < end; index++) text += String.fromCharCode(bytes[index] ?? 0);
  return text.replace(/[\0 ]+$/u, '').trimStart();
};
