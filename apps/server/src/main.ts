import { AppError } from '@jiapian/kernel';
import { FIRST_USERNAME } from './access/index.ts';
import { composeRooms } from './compose.ts';
import { describeStartFailure } from './platform/describe-start-failure.ts';
import { processLog, type Log } from './platform/log.ts';
import { openPlatform } from './platform/platform.ts';
import { runRooms } from './platform/run-rooms.ts';
import { readSettings, type Settings } from './platform/settings.ts';
import { trustAuthority } from './platform/tls-material.ts';
import { softwareVersion } from './platform/software-version.ts';
import { waitForEnd } from './platform/wait-for-end.ts';

export interface Running {
  /** Resolves when everything is stopped and the process may end. */
  stop(): Promise<void>;
}

/** Starts the roles of the settings and prints where they are reached. */
export const startServer = async (settings: Settings, log: Log): Promise<Running> => {
  trustAuthority(settings.tls);
  const platform = await openPlatform(settings, log);
  try {
    const { rooms, authenticate, first } = await composeRooms(platform);
    // Before anything else can fail: the next start does not know it any more.
    if (first.oneTimePassword !== null) showFirstPassword(first.oneTimePassword);
    const running = await runRooms(platform, rooms, authenticate);
    greet(settings, running.http?.port ?? settings.http.port);
    return {
      stop: async () => {
        await running.stop();
        await platform.close();
      },
    };
  } catch (error) {
    await platform.close();
    throw error;
  }
};

const showFirstPassword = (password: string): void => {
  const note = '(一次性密码 one-time password)';
  process.stdout.write(`\n  首次登录 First sign-in  ${FIRST_USERNAME}  ${password}   ${note}\n`);
};

const greet = (settings: Settings, port: number): void => {
  const { roles, http, dicom, aeTitle } = settings;
  const host = http.host.includes(':') ? `[${http.host}]` : http.host;
  const lines = [`Jiapian ${softwareVersion} · ${[...roles].join(', ')}`];
  if (roles.has('web')) lines.push(`  地址 Address  http://${host}:${port}`);
  if (roles.has('dicom')) lines.push(`  DICOM         ${aeTitle} @ ${dicom.host}:${dicom.port}`);
  process.stdout.write(`\n${lines.join('\n')}\n\n`);
};

/** Runs until SIGINT or SIGTERM and answers the exit code; a second signal does not wait. */
export const runUntilSignal = async (environment: NodeJS.ProcessEnv): Promise<0 | 1 | 2> => {
  const log = processLog();
  const asked = waitForEnd(log);
  try {
    const running = await startServer(readSettings(environment), log);
    const exitCode = await asked;
    log.info('stopping');
    await running.stop();
    return exitCode;
  } catch (error) {
    if (!(error instanceof AppError)) log.error('server.failed', {}, error);
    process.stderr.write(`${describeStartFailure(error)}\n`);
    return error instanceof AppError && error.code === 'CONFIG_INVALID' ? 2 : 1;
  }
};

if (import.meta.main) process.exit(await runUntilSignal(process.env));
