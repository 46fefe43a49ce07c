import { createServer, type AddressInfo, type Socket } from 'node:net';
import { createServer as createSecureServer, TLSSocket, type TlsOptions } from 'node:tls';
import { AppError } from '@jiapian/kernel';
import { DimseAssociation } from './dimse-association.ts';
import { defaultDimseLimits, type DimseLimits } from './dimse-limits.ts';
import type { DimseServices } from './dimse-services.ts';
import type { Log } from './log.ts';
import { withReusedBuffer } from './reused-read-buffer.ts';
import type { TlsMaterial } from './tls-material.ts';

/** Time that a stopping server gives to objects half received, ms. */
const DRAIN_MS = 10_000;

export interface DimseServer {
  address: { host: string; port: number };
  openAssociations(): number;
  /** Rejects when the port is not listened on. */
  check(): Promise<void>;
  /** Stops listening, lets running messages end, aborts idle associations. */
  close(): Promise<void>;
}

/** Listens for associations. Throws `DIMSE_LISTEN_FAILED` when the address is taken or not ours. */
export const startDimseServer = async (options: {
  host: string;
  port: number;
  services: DimseServices;
  log: Log;
  limits?: Partial<DimseLimits>;
  /** With it the port speaks TLS only; callers must show a certificate when we trust a named authority. */
  tls?: TlsMaterial;
}): Promise<DimseServer> => {
  const limits: DimseLimits = { ...defaultDimseLimits, ...options.limits };
  const associations = new Set<DimseAssociation>();
  const established = (): number => [...associations].filter((association) => association.isEstablished).length;

  const accept = (accepted: Socket): void => {
    const isSecure = accepted instanceof TLSSocket;
    const socket = isSecure ? accepted : withReusedBuffer(accepted, (bytes) => association.receive(bytes));
    if (isSecure) accepted.on('data', (bytes) => association.receive(bytes));
    const association = new DimseAssociation({
      socket,
      services: options.services,
      limits,
      log: options.log,
      // The asking association is itself among those being decided.
      takePlace: () => established() <= limits.associations,
    });
    associations.add(association);
    socket.once('close', () => associations.delete(association));
  };

  const server =
    options.tls === undefined
      ? createServer({ noDelay: true, pauseOnConnect: true }, accept)
      : createSecureServer(secureOptions(options.tls, limits.artimMs), accept);
  server.on('tlsClientError', ({ message }: Error) => options.log.warn('dimse.tls-refused', { reason: message }));
  server.maxConnections = limits.connections;
  server.on('drop', () => options.log.warn('dimse.connection-dropped', { limit: limits.connections }));
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) =>
      reject(new AppError('DIMSE_LISTEN_FAILED', { host: options.host, port: options.port, code: cause.code }, cause)),
    );
    server.listen(options.port, options.host, resolve);
  });
  server.removeAllListeners('error');
  server.on('error', (cause) => options.log.error('dimse.listen-error', {}, cause));

  const { address, port } = server.address() as AddressInfo;
  return {
    address: { host: address, port },
    openAssociations: established,
    check: async () => {
      if (!server.listening) throw new AppError('DIMSE_LISTEN_FAILED', { host: address, port });
    },
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const association of associations) association.shutDown();
      const overdue = setTimeout(() => {
        for (const association of associations) association.destroy();
      }, DRAIN_MS);
      await closed;
      clearTimeout(overdue);
    },
  };
};

/** PS3.15 annex B.9 (BCP 195): TLS 1.2 or later. */
const secureOptions = ({ certificate, key, ca }: TlsMaterial, handshakeTimeout: number): TlsOptions => ({
  minVersion: 'TLSv1.2',
  handshakeTimeout,
  ...(certificate === null || key === null ? {} : { cert: certificate, key }),
  ...(ca === null ? {} : { ca, requestCert: true, rejectUnauthorized: true }),
});
