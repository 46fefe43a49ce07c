import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DATA_PDU_OVERHEAD_BYTES, writeDataPduHeader } from './data-pdu.ts';
import { encodeReleaseRequest } from './ending-pdu.ts';
import { PduReader } from './pdu-reader.ts';
import { CONTROL_PDU_LIMIT_BYTES } from './pdu-types.ts';

const DATA_LIMIT = 1024;

const listen = () => {
  const heard: { control: [number, number][]; data: number[]; isLast: boolean[] } = {
    control: [],
    data: [],
    isLast: [],
  };
  const reader = new PduReader(
    {
      onControl: (type, body) => heard.control.push([type, body.byteLength]),
      onFragment: ({ bytes, isLast }) => {
        heard.data.push(...bytes);
        if (isLast) heard.isLast.push(true);
      },
    },
    DATA_LIMIT,
  );
  return { reader, heard };
};

const dataPdu = (content: number[], isLast = true): Buffer => {
  const bytes = Buffer.alloc(DATA_PDU_OVERHEAD_BYTES + content.length);
  writeDataPduHeader(bytes, 0, { contextId: 1, isCommand: false, isLast, fragmentBytes: content.length });
  bytes.set(content, DATA_PDU_OVERHEAD_BYTES);
  return bytes;
};

const header = (type: number, length: number): Buffer => {
  const bytes = Buffer.alloc(6);
  bytes[0] = type;
  bytes.writeUInt32BE(length, 2);
  return bytes;
};

describe('PduReader', () => {
  it('hands on the same bytes however the stream is cut', () => {
    const stream = Buffer.concat([
      dataPdu([1, 2, 3], false),
      encodeReleaseRequest(),
      dataPdu([4, 5]),
      dataPdu([], true),
    ]);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }), (sizes) => {
        const { reader, heard } = listen();
        for (let position = 0, turn = 0; position < stream.byteLength; turn++) {
          const size = sizes[turn % sizes.length] ?? 1;
          reader.push(stream.subarray(position, position + size));
          position += size;
        }
        expect(heard).toEqual({ control: [[5, 4]], data: [1, 2, 3, 4, 5], isLast: [true, true] });
        expect(reader.isBetweenPdus).toBe(true);
      }),
    );
  });

  it('reads several values from one unit', () => {
    const value = (content: number[]) => [0, 0, 0, content.length + 2, 1, 0, ...content];
    const body = [...value([7]), ...value([8, 9])];
    const { reader, heard } = listen();
    reader.push(Buffer.concat([header(4, body.length), Buffer.from(body)]));
    expect(heard.data).toEqual([7, 8, 9]);
  });

  it.each([0, 8, 0x47, 255])('refuses the unknown unit type %i', (type) => {
    expect(() => listen().reader.push(header(type, 4))).toThrow(
      expect.objectContaining({
        code: 'DIMSE_PROTOCOL',
        facts: expect.objectContaining({ reason: 'unrecognized-pdu' }),
      }),
    );
  });

  it('takes a data unit of the limit and refuses one byte more', () => {
    const { reader } = listen();
    reader.push(header(4, DATA_LIMIT));
    expect(() => listen().reader.push(header(4, DATA_LIMIT + 1))).toThrow('DIMSE_PROTOCOL');
    expect(() => listen().reader.push(header(4, 0xffffffff))).toThrow('DIMSE_PROTOCOL');
  });

  it('refuses a control unit beyond its limit before it takes memory for it', () => {
    expect(() => listen().reader.push(header(1, CONTROL_PDU_LIMIT_BYTES + 1))).toThrow('DIMSE_PROTOCOL');
  });

  it.each([
    ['shorter than its own header', 1],
    ['longer than its unit', 60],
  ])('refuses a value that is %s', (_, length) => {
    const body = Buffer.alloc(10);
    body.writeUInt32BE(length, 0);
    expect(() => listen().reader.push(Buffer.concat([header(4, 10), body]))).toThrow(
      expect.objectContaining({ facts: expect.objectContaining({ reason: 'malformed-pdv' }) }),
    );
  });

  it('says that a stream which ends inside a unit did not end cleanly', () => {
    const { reader } = listen();
    reader.push(dataPdu([1, 2, 3]).subarray(0, 14));
    expect(reader.isBetweenPdus).toBe(false);
  });
});
