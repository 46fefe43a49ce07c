import { AppError } from '@jiapian/kernel';
import { aeTitleBytes, item, latinBytes, pdu, uint16 } from './byte-parts.ts';
import { ByteReader } from './byte-reader.ts';
import { DICOM_APPLICATION_CONTEXT, PRESENTATION_CONTEXT_LIMIT, TRANSFER_SYNTAX_LIMIT, pduTypes } from './pdu-types.ts';
import { decodeUserInformation, encodeUserInformation, type UserInformation } from './user-information.ts';

const PROTOCOL_VERSION = 1;

const itemTypes = {
  applicationContext: 0x10,
  proposedContext: 0x20,
  answeredContext: 0x21,
  abstractSyntax: 0x30,
  transferSyntax: 0x40,
  userInformation: 0x50,
} as const;

/** One service and the encodings in which the caller can send it. `id` is odd, 1 to 255. */
export interface ProposedContext {
  id: number;
  abstractSyntax: string;
  transferSyntaxes: readonly string[];
}

/** The verdict on a proposed context (PS3.8 table 9-18). */
export const contextResults = {
  acceptance: 0,
  userRejection: 1,
  noReason: 2,
  abstractSyntaxNotSupported: 3,
  transferSyntaxesNotSupported: 4,
} as const;
/** The acceptor's word on one presentation context (PS3.8 table 9-18). */
export type ContextResult = (typeof contextResults)[keyof typeof contextResults];

/** One presentation context of an A-ASSOCIATE-AC. */
export interface AnsweredContext {
  id: number;
  result: ContextResult;
  /** The one encoding chosen; without meaning when the context is refused. */
  transferSyntax: string;
}

interface AssociatePdu<Context> {
  calledAeTitle: string;
  callingAeTitle: string;
  applicationContext: string;
  /** Bit field; bit 0 is version 1, the only one there is. */
  protocolVersion: number;
  contexts: readonly Context[];
  userInformation: UserInformation;
}
/** A-ASSOCIATE-RQ (PS3.8 §9.3.2). */
export type AssociateRequest = AssociatePdu<ProposedContext>;
/** A-ASSOCIATE-AC (PS3.8 §9.3.3). */
export type AssociateAccept = AssociatePdu<AnsweredContext>;

type ToEncode<Pdu> = Omit<Pdu, 'applicationContext' | 'protocolVersion'>;

/** Writes an A-ASSOCIATE-RQ (PS3.8 section 9.3.2). */
export const encodeAssociateRequest = (request: ToEncode<AssociateRequest>): Uint8Array =>
  encodeAssociate(
    pduTypes.associateRequest,
    request,
    request.contexts.map((context) =>
      item(
        itemTypes.proposedContext,
        Uint8Array.of(context.id, 0, 0, 0),
        item(itemTypes.abstractSyntax, latinBytes(context.abstractSyntax)),
        ...context.transferSyntaxes.map((uid) => item(itemTypes.transferSyntax, latinBytes(uid))),
      ),
    ),
  );

/** Writes an A-ASSOCIATE-AC (PS3.8 section 9.3.3). */
export const encodeAssociateAccept = (accept: ToEncode<AssociateAccept>): Uint8Array =>
  encodeAssociate(
    pduTypes.associateAccept,
    accept,
    accept.contexts.map((context) =>
      item(
        itemTypes.answeredContext,
        Uint8Array.of(context.id, 0, context.result, 0),
        item(itemTypes.transferSyntax, latinBytes(context.transferSyntax)),
      ),
    ),
  );

/** Reads the body of an A-ASSOCIATE-RQ. Throws `DIMSE_PROTOCOL` when it is cut off or beyond the limits. */
export const decodeAssociateRequest = (body: Uint8Array): AssociateRequest =>
  decodeAssociate(body, itemTypes.proposedContext, (content) => {
    const id = content.uint8();
    content.skip(3);
    let abstractSyntax = '';
    const transferSyntaxes: string[] = [];
    for (const [type, sub] of subItems(content)) {
      if (type === itemTypes.abstractSyntax) abstractSyntax = sub.text(sub.remaining);
      else if (type === itemTypes.transferSyntax) {
        if (transferSyntaxes.length >= TRANSFER_SYNTAX_LIMIT) {
          throw new AppError('DIMSE_PROTOCOL', { reason: 'too-many-transfer-syntaxes', limit: TRANSFER_SYNTAX_LIMIT });
        }
        transferSyntaxes.push(sub.text(sub.remaining));
      }
    }
    return { id, abstractSyntax, transferSyntaxes };
  });

/** Reads the body of an A-ASSOCIATE-AC. Throws `DIMSE_PROTOCOL` when it is cut off or beyond the limits. */
export const decodeAssociateAccept = (body: Uint8Array): AssociateAccept =>
  decodeAssociate(body, itemTypes.answeredContext, (content) => {
    const id = content.uint8();
    content.skip(1);
    const result = content.uint8() as ContextResult;
    content.skip(1);
    let transferSyntax = '';
    for (const [type, sub] of subItems(content)) {
      if (type === itemTypes.transferSyntax) transferSyntax = sub.text(sub.remaining);
    }
    return { id, result, transferSyntax };
  });

const encodeAssociate = <Context>(
  type: number,
  associate: ToEncode<AssociatePdu<Context>>,
  contexts: readonly Uint8Array[],
): Uint8Array =>
  pdu(
    type,
    uint16(PROTOCOL_VERSION),
    uint16(0),
    aeTitleBytes(associate.calledAeTitle),
    aeTitleBytes(associate.callingAeTitle),
    new Uint8Array(32),
    item(itemTypes.applicationContext, latinBytes(DICOM_APPLICATION_CONTEXT)),
    ...contexts,
    encodeUserInformation(associate.userInformation),
  );

const decodeAssociate = <Context>(
  body: Uint8Array,
  contextType: number,
  decodeContext: (content: ByteReader) => Context,
): AssociatePdu<Context> => {
  const reader = new ByteReader(body);
  const protocolVersion = reader.uint16();
  reader.skip(2);
  const calledAeTitle = reader.text(16);
  const callingAeTitle = reader.text(16);
  reader.skip(32);
  let applicationContext = '';
  const contexts: Context[] = [];
  let userInformation: UserInformation = { maximumPduLength: 0, implementationClassUid: '' };
  for (const [type, content] of subItems(reader)) {
    if (type === itemTypes.applicationContext) applicationContext = content.text(content.remaining);
    else if (type === contextType) {
      if (contexts.length >= PRESENTATION_CONTEXT_LIMIT) {
        throw new AppError('DIMSE_PROTOCOL', { reason: 'too-many-contexts', limit: PRESENTATION_CONTEXT_LIMIT });
      }
      contexts.push(decodeContext(content));
    } else if (type === itemTypes.userInformation) {
      userInformation = decodeUserInformation(content.bytes(content.remaining));
    }
  }
  return { calledAeTitle, callingAeTitle, applicationContext, protocolVersion, contexts, userInformation };
};

function* subItems(reader: ByteReader): Generator<[number, ByteReader]> {
  while (reader.remaining > 0) {
    const type = reader.uint8();
    reader.skip(1);
    yield [type, new ByteReader(reader.bytes(reader.uint16()))];
  }
}
