import path from 'node:path';
import { nodeEnvironment, nodeFlags } from '../../../tools/bootstrap/find-node.mjs';
import { layCluster } from './cluster-template.ts';
import { freePorts } from './free-ports.ts';
import { type Running, startProgram } from './programs.ts';
import { repositoryRoot, temporaryFolder } from './repository.ts';
import { waitUntil } from './wait-until.ts';

export interface ServerOptions {
  /** A folder that outlives this server, for a second start; otherwise a temporary one. */
  readonly dataFolder?: string;
  /** null leaves the choice to the product, which prints a one-time password. */
  readonly adminPassword?: string | null;
  /** More `JIAPIAN_…` variables. */
  readonly variables?: Readonly<Record<string, string>>;
}

export interface Server extends Running {
  readonly url: string;
  readonly httpPort: number;
  readonly dicomPort: number;
  readonly aeTitle: string;
  readonly dataFolder: string;
  readonly username: string;
  /** The administrator's password: the given one, or the printed one-time password of a first start. */
  readonly password: string;
}

const knownPassword = 'films before lunch';
const startLimitMs = 60_000;

/** The real product in a process of its own, ready when this returns. */
export async function startServer(options: ServerOptions = {}): Promise<Server> {
  const [httpPort = 0, dicomPort = 0] = await freePorts(2);
  const folder = options.dataFolder === undefined ? temporaryFolder('server') : undefined;
  const dataFolder = options.dataFolder ?? folder?.path ?? '';
  const aeTitle = 'JIAPIAN';
  const given = options.adminPassword === undefined ? knownPassword : options.adminPassword;
  const variables = {
    JIAPIAN_DATA: dataFolder,
    JIAPIAN_HTTP: `127.0.0.1:${httpPort}`,
    JIAPIAN_DICOM: `127.0.0.1:${dicomPort}`,
    JIAPIAN_AE_TITLE: aeTitle,
    ...(given === null ? {} : { JIAPIAN_ADMIN_PASSWORD: given }),
    ...options.variables,
  };
  // Whoever starts without a password starts for the first time, with everything that takes.
  if (given !== null && options.variables?.['JIAPIAN_DATABASE_URL'] === undefined) {
    await layCluster(path.join(dataFolder, 'postgres'));
  }
  const running = startProgram(process.execPath, [...nodeFlags, path.join(repositoryRoot, 'apps/server/src/main.ts')], {
    cwd: repositoryRoot,
    env: { ...nodeEnvironment, ...withoutSettings(), ...variables },
  });
  const stop = async () => {
    await running.stop();
    folder?.remove();
  };
  const url = `http://127.0.0.1:${httpPort}`;
  try {
    await waitUntil('the server to be ready', () => isReady(running, url), startLimitMs);
  } catch (error) {
    await stop();
    throw error;
  }
  const password = given ?? /\badmin {2}(\S+) /.exec(running.output())?.[1] ?? '';
  return { ...running, url, httpPort, dicomPort, aeTitle, dataFolder, username: 'admin', password, stop };
}

async function isReady(running: Running, url: string): Promise<boolean> {
  if (running.hasExited()) throw new Error(`the server ended at once: ${running.output()}`);
  return fetch(`${url}/readyz`).then(
    (response) => response.ok,
    () => false,
  );
}

/** The tests' own variables, and those of the person at the keyboard, are not the server's. */
function withoutSettings(): Record<string, undefined> {
  const names = Object.keys(process.env).filter((name) => name.startsWith('JIAPIAN_'));
  return Object.fromEntries(names.map((name) => [name, undefined]));
}

/** Calls of the interface as one signed-in person. */
export interface SignedIn {
  readonly fetch: (path: string, init?: RequestInit) => Promise<Response>;
  /** GET as JSON; an answer that is not 2xx is an error that says what came. */
  readonly get: <T>(path: string) => Promise<T>;
  readonly post: <T>(path: string, body: unknown) => Promise<T>;
  readonly put: <T>(path: string, body: unknown) => Promise<T>;
}

export async function signIn(server: Pick<Server, 'url' | 'username' | 'password'>): Promise<SignedIn> {
  const { username, password, url } = server;
  const answer = await fetch(`${url}/api/v1/session`, jsonBody('POST', { username, password }));
  if (!answer.ok) throw new Error(`sign-in: ${answer.status} ${await answer.text()}`);
  const cookie = answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  const call = (place: string, init: RequestInit = {}) =>
    fetch(`${url}${place}`, { ...init, headers: { ...(init.headers as Record<string, string>), cookie } });
  return {
    fetch: call,
    get: async <T>(place: string) => readJson<T>(place, await call(place)),
    post: async <T>(place: string, body: unknown) => readJson<T>(place, await call(place, jsonBody('POST', body))),
    put: async <T>(place: string, body: unknown) => readJson<T>(place, await call(place, jsonBody('PUT', body))),
  };
}

function jsonBody(method: string, body: unknown): RequestInit {
  return { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

async function readJson<T>(place: string, answer: Response): Promise<T> {
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${place}: ${answer.status} ${text}`);
  return (text === '' ? undefined : JSON.parse(text)) as T;
}
