import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { repositoryRoot, temporaryFolder } from './repository.ts';

export interface MovedClock {
  /** For the server that lives by this clock. */
  readonly variables: Readonly<Record<string, string>>;
  /** What the server takes for now, from here on. */
  setTo(moment: Date): void;
  now(): Date;
  remove(): void;
}

/** A clock that a test sets while a real process lives by it; the database keeps the machine's own. */
export function moveClock(start: Date): MovedClock {
  const folder = temporaryFolder('clock');
  const file = path.join(folder.path, 'offset-ms');
  let offsetMs = 0;
  const setTo = (moment: Date): void => {
    offsetMs = moment.getTime() - Date.now();
    writeFileSync(file, String(offsetMs));
  };
  setTo(start);
  const preload = pathToFileURL(path.join(repositoryRoot, 'test/testkit/src/moved-clock-preload.mjs')).href;
  return {
    variables: { NODE_OPTIONS: `--import=${preload}`, MOVED_CLOCK_FILE: file },
    setTo,
    now: () => new Date(Date.now() + offsetMs),
    remove: () => folder.remove(),
  };
}
