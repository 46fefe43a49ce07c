import fs from 'node:fs';
import path from 'node:path';
import { freePorts } from './free-ports.ts';
import { type Finished, type Running, findProgram, runToEnd, startProgram } from './programs.ts';
import { temporaryFolder } from './repository.ts';
import { waitUntil } from './wait-until.ts';

/** Where a DICOM application listens. */
export interface DicomAddress {
  readonly host?: string;
  readonly port: number;
  readonly calledAet?: string;
  readonly callingAet?: string;
}

/** dcmtk leaves Nagle's algorithm on: without this each object costs 40 ms that no modality would see. */
const noDelay = { TCP_NODELAY: '1' };

function dcmtk(name: string): string {
  return findProgram(name, 'dcmtk');
}

function addressed(address: DicomAddress): string[] {
  const called = address.calledAet ?? 'JIAPIAN';
  const calling = address.callingAet ?? 'STORESCU';
  return ['-aec', called, '-aet', calling, address.host ?? '127.0.0.1', String(address.port)];
}

/** Sends files as a modality does. `options` are dcmtk's own, for example `-xs` to propose JPEG lossless. */
export function storescu(
  address: DicomAddress,
  files: readonly string[],
  options: readonly string[] = [],
): Promise<Finished> {
  return runToEnd(dcmtk('storescu'), [...options, ...addressed(address), ...files], { env: noDelay });
}

/** C-ECHO; exit code 0 when it was answered. */
export function echoscu(address: DicomAddress, options: readonly string[] = []): Promise<Finished> {
  return runToEnd(dcmtk('echoscu'), [...options, ...addressed(address)], { env: noDelay });
}

/** The data set of a file as text, one element a line. */
export async function dcmdump(file: string, options: readonly string[] = []): Promise<string> {
  const { exitCode, output } = await runToEnd(dcmtk('dcmdump'), [...options, file]);
  if (exitCode !== 0) throw new Error(`dcmdump ${path.basename(file)}: ${output}`);
  return output;
}

export interface Storescp extends Running {
  readonly port: number;
  readonly aet: string;
  /** Where the received files lie. */
  readonly folder: string;
  readonly files: () => string[];
}

/**
 * A receiver that writes what it gets bit by bit. `options` are dcmtk's own, for example `--refuse`; one that names
 * transfer syntaxes (`+xi`), or a configuration file, takes the place of "all of them".
 */
export async function startStorescp(
  options: readonly string[] = [],
  aet = 'STORESCP',
  wantedPort?: number,
): Promise<Storescp> {
  const port = wantedPort ?? (await freePorts(1))[0];
  if (port === undefined) throw new Error('no free port');
  const syntaxes = options.some((option) => /^(\+x|-xf$)/.test(option)) ? [] : ['+xa'];
  const folder = temporaryFolder('storescp');
  const args = ['--fork', '-aet', aet, '-od', folder.path, ...syntaxes, '+B', ...options, String(port)];
  const running = startProgram(dcmtk('storescp'), args, { env: noDelay });
  await waitUntil('storescp to listen', async () => {
    if (running.hasExited()) throw new Error(`storescp ended at once: ${running.output()}`);
    return isListening(port);
  });
  const stop = async () => {
    await running.stop();
    folder.remove();
  };
  const files = () => fs.readdirSync(folder.path).map((name) => path.join(folder.path, name));
  return { ...running, port, aet, folder: folder.path, files, stop };
}

/** Looked up in the kernel's table: a trial connection would be an association that `--fork` spends a process on. */
function isListening(port: number): boolean {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  const listening = new RegExp(`:${hex} 0+:0000 0A `);
  return ['/proc/net/tcp', '/proc/net/tcp6'].some(
    (file) => fs.existsSync(file) && listening.test(fs.readFileSync(file, 'utf8')),
  );
}
