import { readFile } from 'node:fs/promises';
import { AppError } from '@jiapian/kernel';
import { localTokenPath } from '../local-token.ts';
import { dataFolderAt, lockPath } from '../platform/data-folder.ts';
import { readLockHolder } from '../platform/folder-lock.ts';
import { readSettings } from '../platform/settings.ts';
import type { CommandIo } from './command.ts';

export interface RunningServer {
  baseUrl: string;
  token: string;
}

/** The web role that works in this data folder, with the token that it left there for this machine. */
export const findRunningServer = async (environment: CommandIo['environment']): Promise<RunningServer> => {
  const settings = readSettings(environment);
  const folder = dataFolderAt(settings.dataFolder);
  const token = await readFile(localTokenPath(folder), 'utf8').catch(() => null);
  const holder = await readLockHolder(lockPath(folder, 'web'));
  if (token === null || holder === null) throw new AppError('SERVER_NOT_RUNNING');
  const baseUrl = `http://${reachable(holder.address)}`;
  const isAlive = await fetch(`${baseUrl}/livez`).then(
    (answer) => answer.ok,
    () => false,
  );
  if (!isAlive) throw new AppError('SERVER_NOT_RUNNING');
  return { baseUrl, token: token.trim() };
};

/** A server that listens on every address is reached on the loopback. */
const reachable = (address: string): string => {
  const at = address.lastIndexOf(':');
  const host = address.slice(0, at);
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `${name.includes(':') ? `[${name}]` : name}${address.slice(at)}`;
};
