import { pdu } from './byte-parts.ts';
import { ByteReader } from './byte-reader.ts';
import { pduTypes } from './pdu-types.ts';

/** Why an association was refused: result, source and reason of PS3.8 table 9-21, as one name each. */
export const rejections = {
  'application-context-unknown': { result: 1, source: 1, reason: 2 },
  'calling-ae-title-unknown': { result: 1, source: 1, reason: 3 },
  'called-ae-title-unknown': { result: 1, source: 1, reason: 7 },
  'no-reason-given': { result: 1, source: 1, reason: 1 },
  'protocol-version-unsupported': { result: 1, source: 2, reason: 2 },
  'temporary-congestion': { result: 2, source: 3, reason: 1 },
  'local-limit-exceeded': { result: 2, source: 3, reason: 2 },
} as const;
/** Why an association is rejected, by name (PS3.8 table 9-21). */
export type RejectionName = keyof typeof rejections;

/** Result 1 is permanent, 2 is transient: the caller may try again later. */
export interface Rejection {
  result: number;
  source: number;
  reason: number;
}

/** Who broke off and why (PS3.8 table 9-26): source 0 is the other program, 2 the protocol machine. */
export interface Abort {
  source: number;
  reason: number;
}

/** Reasons of an A-ABORT by the service provider (PS3.8 table 9-26). */
export const abortReasons = {
  notSpecified: 0,
  unrecognizedPdu: 1,
  unexpectedPdu: 2,
  unrecognizedParameter: 4,
  unexpectedParameter: 5,
  invalidParameterValue: 6,
} as const;

/** Source of an A-ABORT that the protocol machine issues itself. */
export const ABORT_BY_PROVIDER = 2;
/** Source of an A-ABORT that the program using the association issues. */
export const ABORT_BY_USER = 0;

/** Writes an A-ASSOCIATE-RJ (PS3.8 section 9.3.4). */
export const encodeAssociateReject = (rejection: Rejection): Uint8Array =>
  pdu(pduTypes.associateReject, Uint8Array.of(0, rejection.result, rejection.source, rejection.reason));

/** Reads the body of an A-ASSOCIATE-RJ. */
export const decodeAssociateReject = (body: Uint8Array): Rejection => {
  const reader = new ByteReader(body);
  reader.skip(1);
  return { result: reader.uint8(), source: reader.uint8(), reason: reader.uint8() };
};

/** The name of a refusal that a peer sent, or its numbers. */
export const rejectionName = ({ result, source, reason }: Rejection): string =>
  Object.entries(rejections).find(([, known]) => known.source === source && known.reason === reason)?.[0] ??
  `result-${result}-source-${source}-reason-${reason}`;

/** Writes an A-RELEASE-RQ (PS3.8 section 9.3.6). */
export const encodeReleaseRequest = (): Uint8Array => pdu(pduTypes.releaseRequest, new Uint8Array(4));

/** Writes an A-RELEASE-RP (PS3.8 section 9.3.7). */
export const encodeReleaseResponse = (): Uint8Array => pdu(pduTypes.releaseResponse, new Uint8Array(4));

/** Writes an A-ABORT (PS3.8 section 9.3.8). */
export const encodeAbort = (abort: Abort): Uint8Array =>
  pdu(pduTypes.abort, Uint8Array.of(0, 0, abort.source, abort.reason));

/** Reads the body of an A-ABORT. */
export const decodeAbort = (body: Uint8Array): Abort => {
  const reader = new ByteReader(body);
  reader.skip(2);
  return { source: reader.uint8(), reason: reader.uint8() };
};
