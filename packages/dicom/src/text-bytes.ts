/** Bytes as characters one to one (ISO 8859-1); enough for UIDs, codes, numbers and dates. */
export const latin1 = (bytes: Uint8Array, start: number, end: number): string => {
  if (end - start > shortText) return bufferOf(bytes).toString('latin1', start, end);
  let text = '';
  for (let at = start; at < end; at += 1) text += String.fromCharCode(bytes[at]!);
  return text;
};

/** Above this many characters the native slice is faster than a loop (measured, Node 24). */
const shortText = 24;

const bufferOf = (bytes: Uint8Array): Buffer =>
  bytes instanceof Buffer ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** As `latin1`, without the padding DICOM allows: trailing spaces and NULs, leading spaces. */
export const trimmedLatin1 = (bytes: Uint8Array, start: number, end: number): string => {
  let first = start;
  let last = end;
  while (last > first && isPadding(bytes[last - 1]!)) last -= 1;
  while (first < last && bytes[first] === 0x20) first += 1;
  return latin1(bytes, first, last);
};

const isPadding = (byte: number): boolean => byte === 0x20 || byte === 0;
