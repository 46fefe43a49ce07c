import * as backup from './backup.ts';
import type { Command } from './command.ts';
import * as demo from './demo.ts';
import * as importFiles from './import.ts';
import * as inspect from './inspect.ts';
import * as jobs from './jobs.ts';
import * as phantom from './phantom.ts';
import * as restore from './restore.ts';
import * as simulate from './simulate.ts';
import * as start from './start.ts';
import * as token from './token.ts';
import * as user from './user.ts';
import * as verify from './verify.ts';

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [
  start,
  demo,
  simulate,
  inspect,
  phantom,
  importFiles,
  verify,
  backup,
  restore,
  user,
  token,
  jobs,
];
