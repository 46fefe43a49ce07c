/** Joins pieces into one array. */
export const joinBytes = (...parts: readonly Uint8Array[]): Uint8Array => {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let position = 0;
  for (const part of parts) {
    joined.set(part, position);
    position += part.byteLength;
  }
  return joined;
};

/** A 16-bit number, big-endian. */
export const uint16 = (value: number): Uint8Array => Uint8Array.of((value >>> 8) & 0xff, value & 0xff);

/** A 32-bit number, big-endian. */
export const uint32 = (value: number): Uint8Array =>
  Uint8Array.of((value >>> 24) & 0xff, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff);

/** One byte per character; what does not fit into a byte becomes a question mark. */
export const latinBytes = (text: string): Uint8Array =>
  Uint8Array.from(text, (character) => {
    const code = character.codePointAt(0) ?? 0x3f;
    return code > 0xff ? 0x3f : code;
  });

/** An application entity title in its field of 16 characters, padded with spaces (PS3.8 table 9-11). */
export const aeTitleBytes = (title: string): Uint8Array => latinBytes(title.slice(0, 16).padEnd(16, ' '));

/** A whole unit: type, reserved byte, length, body. */
export const pdu = (type: number, ...body: readonly Uint8Array[]): Uint8Array => {
  const content = joinBytes(...body);
  return joinBytes(Uint8Array.of(type, 0), uint32(content.byteLength), content);
};

/** A sub-item of an association unit: type, reserved byte, 16-bit length, content (PS3.8 section 9.3.2). */
export const item = (type: number, ...content: readonly Uint8Array[]): Uint8Array => {
  const joined = joinBytes(...content);
  return joinBytes(Uint8Array.of(type, 0), uint16(joined.byteLength), joined);
};
