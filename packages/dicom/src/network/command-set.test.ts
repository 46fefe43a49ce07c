import { describe, expect, it } from 'vitest';
import { decodeCommandSet, encodeCommandSet } from './command-set.ts';

/** C-ECHO-RQ as PS3.7 table 9.3-12 and the encoding rules of PS3.5 annex A.1 spell it, laid out by hand. */
const echoRequest = Buffer.from(
  '0000000004000000' +
    '38000000' +
    '0000020012000000' +
    '312e322e3834302e31303030382e312e3100' +
    '0000000102000000' +
    '3000' +
    '0000100102000000' +
    '0700' +
    '0000000802000000' +
    '0101',
  'hex',
);

describe('command sets', () => {
  it('writes C-ECHO-RQ as the standard lays it out', () => {
    const written = encodeCommandSet({
      AffectedSOPClassUID: '1.2.840.10008.1.1',
      CommandField: 0x30,
      MessageID: 7,
      CommandDataSetType: 0x0101,
    });
    expect(Buffer.from(written).toString('hex')).toBe(echoRequest.toString('hex'));
  });

  it('reads it back without the padding', () => {
    expect(decodeCommandSet(echoRequest)).toEqual({
      AffectedSOPClassUID: '1.2.840.10008.1.1',
      CommandField: 0x30,
      MessageID: 7,
      CommandDataSetType: 0x0101,
    });
  });

  it('keeps zero as a value', () => {
    expect(decodeCommandSet(encodeCommandSet({ Status: 0, MessageID: 0 }))).toEqual({ Status: 0, MessageID: 0 });
  });

  it('passes over elements that it does not know', () => {
    const unknown = Buffer.from('0000fe7f02000000abcd', 'hex');
    expect(decodeCommandSet(Buffer.concat([unknown, echoRequest.subarray(12)]))).toMatchObject({ MessageID: 7 });
  });

  it.each([
    ['a cut header', echoRequest.subarray(0, 15)],
    ['a cut value', echoRequest.subarray(0, 30)],
    ['another group', Buffer.from('0800050002000000abcd', 'hex')],
    ['a length beyond the end', Buffer.from('00000001ffffffff', 'hex')],
  ])('refuses %s', (_, bytes) => {
    expect(() => decodeCommandSet(bytes)).toThrow('DIMSE_PROTOCOL');
  });
});
