import { createServer, type AddressInfo, type Socket } from 'node:net';
import { AppError } from '@jiapian/kernel';
import type { Log } from './log.ts';
import { framed, MllpReader } from './mllp-frames.ts';

export interface MllpLimits {
  /** Connections at once; one more is closed. */
  connections: number;
  /** Longest message, bytes; an order has a few thousand. */
  messageBytes: number;
  /** Silence inside a message, ms. */
  stalledMs: number;
  /** Silence between messages, ms; interface engines keep their connection open all day. */
  idleMs: number;
  /** Messages waiting for their answer before the sender is held. */
  waiting: number;
}

/** Product defaults [PD]. */
export const defaultMllpLimits: MllpLimits = {
  connections: 32,
  messageBytes: 1024 * 1024,
  stalledMs: 30_000,
  idleMs: 86_400_000,
  waiting: 16,
};

/** What is done with what comes; each answers the acknowledgement to send, or null for none. */
export interface MllpHandler {
  receive(message: Uint8Array, remoteAddress: string): Promise<Uint8Array | null>;
  /** Too long, or bytes without a frame; the connection ends after the answer. */
  refuse(head: Uint8Array, reason: 'too-long' | 'no-frame', remoteAddress: string): Promise<Uint8Array | null>;
}

export interface MllpServer {
  address: { host: string; port: number };
  check(): Promise<void>;
  close(): Promise<void>;
}

/** Listens for HL7 v2 messages. One after the other on each connection, in order, each with its own answer. */
export const startMllpServer = async (options: {
  host: string;
  port: number;
  handler: MllpHandler;
  log: Log;
  limits?: Partial<MllpLimits>;
}): Promise<MllpServer> => {
  const limits = { ...defaultMllpLimits, ...options.limits };
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    serve(socket, { ...options, limits });
  });
  server.maxConnections = limits.connections;
  server.on('drop', () => options.log.warn('hl7.connection-dropped', { limit: limits.connections }));
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) =>
      reject(new AppError('HL7_LISTEN_FAILED', { host: options.host, port: options.port, code: cause.code }, cause)),
    );
    server.listen(options.port, options.host, resolve);
  });
  server.removeAllListeners('error');
  server.on('error', (cause) => options.log.error('hl7.listen-error', {}, cause));
  const { address, port } = server.address() as AddressInfo;
  return {
    address: { host: address, port },
    check: async () => {
      if (!server.listening) throw new AppError('HL7_LISTEN_FAILED', { host: address, port });
    },
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroySoon();
      await closed;
    },
  };
};

const serve = (socket: Socket, parts: { handler: MllpHandler; log: Log; limits: MllpLimits }): void => {
  const { handler, log, limits } = parts;
  const remoteAddress = socket.remoteAddress ?? '';
  let waiting = 0;
  let work: Promise<void> = Promise.resolve();
  /** Answers leave in the order of their messages. */
  const queue = (answer: () => Promise<Uint8Array | null>, isLast: boolean): void => {
    waiting++;
    if (waiting >= limits.waiting) socket.pause();
    work = work.then(async () => {
      const bytes = await answer().catch((cause: unknown) => {
        log.error('hl7.defect', {}, cause);
        return null;
      });
      waiting--;
      if (!socket.destroyed && bytes !== null) socket.write(framed(bytes));
      if (isLast) socket.end();
      else if (waiting < limits.waiting) socket.resume();
    });
  };
  const reader = new MllpReader(
    {
      onMessage: (message) => queue(() => handler.receive(message, remoteAddress), false),
      onTooLong: (head) => queue(() => handler.refuse(head, 'too-long', remoteAddress), true),
      onGarbage: (head) => queue(() => handler.refuse(head, 'no-frame', remoteAddress), true),
    },
    limits.messageBytes,
  );
  socket.setTimeout(limits.idleMs);
  socket.on('data', (chunk) => {
    reader.push(chunk);
    socket.setTimeout(reader.isInside ? limits.stalledMs : limits.idleMs);
  });
  socket.on('timeout', () => {
    log.warn('hl7.timed-out', { isInside: reader.isInside });
    socket.destroy();
  });
  // The close event follows and does the work.
  socket.on('error', () => undefined);
};
