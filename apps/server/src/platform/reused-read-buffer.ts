import { Socket, type OnReadOpts, type SocketConstructorOpts } from 'node:net';

/** Bytes read at once. Larger than Node's own 64 KiB: one callback for two units of a fast sender. */
const READ_BYTES = 256 * 1024;

/** One for all sockets: bytes are handed on before the next read begins. */
const buffer = Buffer.allocUnsafeSlow(READ_BYTES);

/**
 * Lets an accepted socket read into one reused buffer. Node gives every read of a server's socket a fresh buffer, and at
 * 300 MB/s collecting them costs more than receiving; `onread`, which avoids it, exists for outgoing sockets only. So the
 * connection is moved into a socket made with it; should Node keep its handle elsewhere one day, the socket serves as it
 * is. `onBytes` must use or copy the bytes before it returns. The server must be made with `pauseOnConnect`.
 */
export const withReusedBuffer = (accepted: Socket, onBytes: (bytes: Uint8Array) => void): Socket => {
  const holder = accepted as unknown as { _handle?: unknown };
  const handle = holder._handle;
  if (typeof handle !== 'object' || handle === null) {
    accepted.on('data', onBytes);
    return accepted.resume();
  }
  holder._handle = null;
  const onread: OnReadOpts = {
    buffer,
    callback: (count, bytes) => {
      onBytes(bytes.subarray(0, count));
      return true;
    },
  };
  const options: SocketConstructorOpts & { handle: unknown } = { handle, onread, readable: true, writable: true };
  const socket = new Socket(options);
  // The server counts the socket that it accepted.
  socket.once('close', () => accepted.destroy());
  return socket;
};
