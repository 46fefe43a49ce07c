import { connect, type Socket } from 'node:net';
import { connect as secureConnect, type TLSSocket } from 'node:tls';
import { commandPdu, decodeAbort, encodeCommandSet, NO_DATA_SET, type CommandSet } from '@jiapian/dicom/network';
import { AppError } from '@jiapian/kernel';
import type { DimseAnswer, DimsePeer } from './dimse-peer.ts';
import type { TlsMaterial } from './tls-material.ts';

/** A connection to a peer. Throws `DIMSE_UNREACHABLE` or `DIMSE_TIMED_OUT`. */
export const openConnection = (peer: DimsePeer, connectMs: number): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const { host, port, tls } = peer;
    const socket = tls === undefined ? connect({ host, port, noDelay: true }) : connectTls(peer, tls);
    const timer = setTimeout(() => {
      socket.destroy();
      reject(new AppError('DIMSE_TIMED_OUT', { waitedMs: connectMs, reason: 'connect' }));
    }, connectMs);
    socket.once('error', (cause: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      reject(new AppError('DIMSE_UNREACHABLE', { code: cause.code }, cause));
    });
    socket.once(tls === undefined ? 'connect' : 'secureConnect', () => {
      clearTimeout(timer);
      socket.removeAllListeners('error');
      resolve(socket);
    });
  });

/** PS3.15 annex B, BCP 195: TLS 1.2 or later; the peer's certificate must be one that we trust, whatever its name. */
const connectTls = ({ host, port }: DimsePeer, { certificate, key, ca }: TlsMaterial): TLSSocket =>
  secureConnect({
    host,
    port,
    minVersion: 'TLSv1.2',
    ...(certificate === null || key === null ? {} : { cert: certificate, key }),
    ...(ca === null ? {} : { ca }),
    // Modalities and archives are reached by address; their certificates name something else.
    ...(ca === null ? {} : { checkServerIdentity: () => undefined }),
  });

/** PS3.7 annex C: 0000 success; 0001, 0107, 0116 and Bxxx warnings; everything else failure. */
export const kindOf = (status: number): DimseAnswer['kind'] => {
  if (status === 0) return 'success';
  return status === 0x0001 || status === 0x0107 || status === 0x0116 || status >> 12 === 0xb ? 'warning' : 'failure';
};

/** What an A-ABORT of the peer says. */
export const abortedByPeer = (body: Uint8Array): AppError => {
  const { source, reason } = decodeAbort(body);
  return new AppError('DIMSE_ABORTED', { reason: 'aborted-by-peer', abortSource: source, abortReason: reason });
};

/** Bit of a command field that marks an answer (PS3.7 table E.1-1). */
export const RESPONSE_BIT = 0x8000;

/** The answer to a request of the peer, without a data set. */
export const answerPdu = (contextId: number, request: CommandSet, status: number): Uint8Array => {
  const sopClassUid = request.AffectedSOPClassUID ?? request.RequestedSOPClassUID;
  const sopInstanceUid = request.AffectedSOPInstanceUID ?? request.RequestedSOPInstanceUID;
  return commandPdu(
    contextId,
    encodeCommandSet({
      ...(sopClassUid === undefined ? {} : { AffectedSOPClassUID: sopClassUid }),
      ...(sopInstanceUid === undefined ? {} : { AffectedSOPInstanceUID: sopInstanceUid }),
      ...(request.EventTypeID === undefined ? {} : { EventTypeID: request.EventTypeID }),
      CommandField: (request.CommandField ?? 0) | RESPONSE_BIT,
      MessageIDBeingRespondedTo: request.MessageID ?? 0,
      CommandDataSetType: NO_DATA_SET,
      Status: status,
    }),
  );
};

/** Classes of which the caller is the provider. */
export const providedBy = (proposals: readonly { abstractSyntax: string; asProvider?: boolean }[]): string[] => [
  ...new Set(proposals.filter(({ asProvider }) => asProvider === true).map(({ abstractSyntax }) => abstractSyntax)),
];
