import { coercionSchema } from '@jiapian/contract';
import { VERIFICATION_SOP_CLASS } from '@jiapian/dicom/network';
import { DimseClient, type DimsePeer } from '../platform/dimse-client.ts';
import { tlsOf, type TlsMaterial } from '../platform/tls-material.ts';
import type { DestinationRow } from './destination.repository.ts';
import type { Probe } from './destinations.routes.ts';
import { createDimseFinder, createQidoFinder, type Finder } from './find-at-archive.ts';
import { makeCopy as makeCopyHere, type MakeCopy } from './make-copy.ts';
import type { Sender } from './outgoing.ts';
import { breakdownText, createDimseSender } from './send-dimse.ts';
import { createStowSender } from './send-stow.ts';

/** Implicit VR Little Endian, which every peer of C-ECHO takes (PS3.5 §10.1). */
const IMPLICIT_VR_LITTLE_ENDIAN = '1.2.840.10008.1.2';
const PROBE_TIMEOUT_MS = 5000;

export const peerOf = (destination: DestinationRow, callingAeTitle: string, tls: TlsMaterial | null): DimsePeer => ({
  ...tlsOf(destination.uses_tls, tls),
  host: destination.host,
  port: destination.port ?? 0,
  calledAeTitle: destination.ae_title,
  callingAeTitle: coercionSchema.parse(destination.coercion).callingAeTitle ?? callingAeTitle,
});

/** A secret that names its scheme is sent as it is; a bare one is a bearer token (RFC 6750). */
const authorizationOf = (secret: string): string =>
  secret === '' || /^[A-Za-z-]+ \S/.test(secret) ? secret : `Bearer ${secret}`;

/** How a destination is sent to. */
export const createSender =
  (callingAeTitle: string, tls: TlsMaterial | null = null, makeCopy: MakeCopy = makeCopyHere) =>
  (destination: DestinationRow): Sender =>
    destination.kind === 'stow'
      ? createStowSender({ url: destination.url, authorization: authorizationOf(destination.secret) }, makeCopy)
      : createDimseSender(peerOf(destination, callingAeTitle, tls), makeCopy);

/** How a destination is asked what it shows. */
export const createFinder =
  (callingAeTitle: string, tls: TlsMaterial | null = null) =>
  (destination: DestinationRow): Finder =>
    destination.kind === 'stow'
      ? createQidoFinder({ url: destination.url, authorization: authorizationOf(destination.secret) })
      : createDimseFinder(peerOf(destination, callingAeTitle, tls));

/** Asks a destination whether it is there: C-ECHO, or a search for nothing. */
export const probeDestination =
  (callingAeTitle: string, tls: TlsMaterial | null = null): Probe =>
  (destination) =>
    destination.kind === 'stow' ? probeStow(destination) : probeDimse(peerOf(destination, callingAeTitle, tls));

const probeDimse = async (peer: DimsePeer): Promise<{ isReachable: boolean; answer: string }> => {
  const proposal = { abstractSyntax: VERIFICATION_SOP_CLASS, transferSyntax: IMPLICIT_VR_LITTLE_ENDIAN };
  try {
    const timeouts = { connectMs: PROBE_TIMEOUT_MS, answerMs: PROBE_TIMEOUT_MS };
    const client = await DimseClient.associate(peer, [proposal], timeouts);
    try {
      const { status, comment } = await client.echo();
      const code = status.toString(16).padStart(4, '0').toUpperCase();
      return { isReachable: status === 0, answer: comment === '' ? code : `${code} · ${comment}` };
    } finally {
      await client.release();
    }
  } catch (cause) {
    return { isReachable: false, answer: breakdownText(cause) };
  }
};

const probeStow = async (destination: DestinationRow): Promise<{ isReachable: boolean; answer: string }> => {
  try {
    const response = await fetch(`${destination.url.replace(/\/+$/, '')}/studies?limit=1`, {
      headers: {
        accept: 'application/dicom+json',
        ...(destination.secret !== '' && { authorization: authorizationOf(destination.secret) }),
      },
      signal: AbortSignal.timeout(PROBE_TIMEOUT_MS),
    });
    return { isReachable: response.ok, answer: `HTTP ${response.status}` };
  } catch (cause) {
    return { isReachable: false, answer: cause instanceof Error ? cause.message : 'unknown' };
  }
};
