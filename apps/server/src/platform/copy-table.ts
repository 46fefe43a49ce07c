import { once } from 'node:events';
import { createRequire } from 'node:module';
import type { Readable, Writable } from 'node:stream';
import type pg from 'pg';

/** The part of the driver's connection that COPY needs and its types leave out. */
interface CopyConnection {
  stream: {
    pause(): void;
    resume(): void;
    writableNeedDrain: boolean;
    once(event: 'drain', listener: () => void): void;
  };
  sendCopyFromChunk(chunk: Uint8Array): void;
  endCopyFrom(): void;
  sendCopyFail(reason: string): void;
}

type DriverQuery = new (text: string, values: undefined, done: (error: Error | null) => void) => object;
const { Query } = createRequire(import.meta.url)('pg') as { Query: DriverQuery };

/** Writes what a `copy … to stdout` gives to the target, at the target's speed. */
export const copyOut = (client: pg.Client, statement: string, target: Writable): Promise<void> =>
  submit(client, (done) => {
    class CopyOut extends Query {
      handleCopyData({ chunk }: { chunk: Buffer }, connection: CopyConnection): void {
        if (target.write(chunk)) return;
        connection.stream.pause();
        target.once('drain', () => connection.stream.resume());
      }
    }
    return new CopyOut(statement, undefined, done);
  });

/** Gives a source to a `copy … from stdin`, at the server's speed. */
export const copyIn = (client: pg.Client, statement: string, source: Readable): Promise<void> =>
  submit(client, (done) => {
    class CopyIn extends Query {
      handleCopyInResponse(connection: CopyConnection): void {
        void send(source, connection);
      }
    }
    return new CopyIn(statement, undefined, done);
  });

const submit = (client: pg.Client, create: (done: (error: Error | null) => void) => object): Promise<void> =>
  new Promise((resolve, reject) => {
    client.query(create((error) => (error ? reject(error) : resolve())) as pg.Submittable);
  });

const send = async (source: Readable, connection: CopyConnection): Promise<void> => {
  try {
    for await (const chunk of source) {
      connection.sendCopyFromChunk(chunk as Uint8Array);
      if (connection.stream.writableNeedDrain) await once(connection.stream as never, 'drain');
    }
    connection.endCopyFrom();
  } catch (error) {
    connection.sendCopyFail(error instanceof Error ? error.message : 'source failed');
  }
};
