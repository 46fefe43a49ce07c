import { crc32, deflateSync } from 'node:zlib';

const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const colourTypes = { 1: 0, 3: 2 } as const;
const bitDepth = 8;

/** An 8-bit PNG (ISO/IEC 15948) of grey or RGB samples, row by row, without filter. */
export const encodePng = (samples: Uint8Array, columns: number, rows: number, channels: 1 | 3): Uint8Array => {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(columns, 0);
  header.writeUInt32BE(rows, 4);
  header[8] = bitDepth;
  header[9] = colourTypes[channels];
  const stride = columns * channels;
  const lines = Buffer.alloc((stride + 1) * rows);
  for (let row = 0; row < rows; row += 1)
    lines.set(samples.subarray(row * stride, (row + 1) * stride), row * (stride + 1) + 1);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(lines)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
};

const chunk = (type: string, data: Uint8Array): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
};
