import { AppError } from '@jiapian/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeAssociateAccept,
  decodeAssociateRequest,
  encodeAssociateAccept,
  encodeAssociateRequest,
  type AssociateRequest,
} from './associate-pdu.ts';
import { PDU_HEADER_BYTES } from './pdu-types.ts';

/** What `echoscu -aet CALLER -aec CALLED` of dcmtk 3.6.7 sends. */
const requestOfDcmtk = Buffer.from(
  '0100000000cd0001000043414c4c45442020202020202020202043414c4c455220202020202020202020' +
    '0000000000000000000000000000000000000000000000000000000000000000' +
    '10000015312e322e3834302e31303030382e332e312e312e31' +
    '2000002e0100ff0030000011312e322e3834302e31303030382e312e3140000011312e322e3834302e31303030382e312e32' +
    '5000003a51000004000040005200001b312e322e3237362e302e373233303031302e332e302e332e362e37' +
    '5500000f4f464649535f44434d544b5f333637',
  'hex',
);

/** What `storescp -aet PACS` of dcmtk 3.6.7 answers to it. */
const acceptOfDcmtk = Buffer.from(
  '0200000000b80001000043414c4c45442020202020202020202043414c4c455220202020202020202020' +
    '0000000000000000000000000000000000000000000000000000000000000000' +
    '10000015312e322e3834302e31303030382e332e312e312e31' +
    '210000190100000040000011312e322e3834302e31303030382e312e32' +
    '5000003a51000004000040005200001b312e322e3237362e302e373233303031302e332e302e332e362e37' +
    '5500000f4f464649535f44434d544b5f333637',
  'hex',
);

const dcmtkUser = {
  maximumPduLength: 16384,
  implementationClassUid: '1.2.276.0.7230010.3.0.3.6.7',
  implementationVersionName: 'OFFIS_DCMTK_367',
};

describe('association units', () => {
  it('reads the request of dcmtk', () => {
    expect(decodeAssociateRequest(requestOfDcmtk.subarray(PDU_HEADER_BYTES))).toEqual({
      protocolVersion: 1,
      calledAeTitle: 'CALLED',
      callingAeTitle: 'CALLER',
      applicationContext: '1.2.840.10008.3.1.1.1',
      contexts: [{ id: 1, abstractSyntax: '1.2.840.10008.1.1', transferSyntaxes: ['1.2.840.10008.1.2'] }],
      userInformation: dcmtkUser,
    });
  });

  it('reads the acceptance of dcmtk', () => {
    const accept = decodeAssociateAccept(acceptOfDcmtk.subarray(PDU_HEADER_BYTES));
    expect(accept.contexts).toEqual([{ id: 1, result: 0, transferSyntax: '1.2.840.10008.1.2' }]);
    expect(accept.userInformation).toEqual(dcmtkUser);
  });

  it('writes an acceptance as dcmtk does, byte by byte', () => {
    const written = encodeAssociateAccept({
      calledAeTitle: 'CALLED',
      callingAeTitle: 'CALLER',
      contexts: [{ id: 1, result: 0, transferSyntax: '1.2.840.10008.1.2' }],
      userInformation: dcmtkUser,
    });
    expect(Buffer.from(written).toString('hex')).toBe(acceptOfDcmtk.toString('hex'));
  });

  it('reads back every negotiation item that it writes', () => {
    const request: Omit<AssociateRequest, 'applicationContext' | 'protocolVersion'> = {
      calledAeTitle: 'PACS',
      callingAeTitle: 'JIAPIAN',
      contexts: [
        {
          id: 1,
          abstractSyntax: '1.2.840.10008.5.1.4.1.1.2',
          transferSyntaxes: ['1.2.840.10008.1.2.4.70', '1.2.840.10008.1.2.1'],
        },
        { id: 3, abstractSyntax: '1.2.840.10008.1.20.1', transferSyntaxes: ['1.2.840.10008.1.2'] },
      ],
      userInformation: {
        maximumPduLength: 131072,
        implementationClassUid: '2.25.1',
        implementationVersionName: 'JIAPIAN',
        asynchronousOperations: { invoked: 3, performed: 4 },
        roleSelections: [{ sopClassUid: '1.2.840.10008.1.20.1', scu: true, scp: false }],
        extendedNegotiations: [
          { sopClassUid: '1.2.840.10008.5.1.4.1.1.2', information: Uint8Array.of(2, 0, 1, 0, 1, 0) },
        ],
      },
    };
    expect(decodeAssociateRequest(encodeAssociateRequest(request).subarray(PDU_HEADER_BYTES))).toMatchObject(request);
  });

  it('refuses a request that is cut off anywhere, and never reads past its end', () => {
    const body = requestOfDcmtk.subarray(PDU_HEADER_BYTES);
    for (let length = 0; length < body.byteLength; length++) {
      const cut = body.subarray(0, length);
      try {
        // A cut between two items leaves a shorter, well-formed request.
        expect(decodeAssociateRequest(cut).contexts.length).toBeLessThanOrEqual(1);
      } catch (error) {
        expect(error).toMatchObject({ code: 'DIMSE_PROTOCOL', facts: { reason: 'truncated' } });
      }
    }
  });

  it('answers garbage with a protocol error and nothing else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        try {
          decodeAssociateRequest(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
        }
      }),
    );
  });

  it('refuses more than 128 contexts', () => {
    const contexts = Array.from({ length: 129 }, () => ({ id: 1, abstractSyntax: '1.2', transferSyntaxes: ['1.2'] }));
    const written = encodeAssociateRequest({
      calledAeTitle: 'A',
      callingAeTitle: 'B',
      contexts,
      userInformation: dcmtkUser,
    });
    expect(() => decodeAssociateRequest(written.subarray(PDU_HEADER_BYTES))).toThrow('DIMSE_PROTOCOL');
    const allowed = encodeAssociateRequest({
      calledAeTitle: 'A',
      callingAeTitle: 'B',
      contexts: contexts.slice(1),
      userInformation: dcmtkUser,
    });
    expect(decodeAssociateRequest(allowed.subarray(PDU_HEADER_BYTES)).contexts).toHaveLength(128);
  });
});
