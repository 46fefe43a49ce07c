import fs from 'node:fs';
import path from 'node:path';
import { Stop } from './stop.mjs';

/** Node 24 runs the product's TypeScript as it is; older releases cannot. */
export const leastMajor = 24;

/**
 * V8's young generation grows to 48 MB by itself; with 4 MB per half the receiving process peaked 40 MB lower at the
 * same processor time (200 CT and 20 DX over four associations). The old one, of which 57 MB live, was collected at
 * 130 MB; growing by 40 percent at a time, the process peaked at 230 MB instead of 283 (10,000 objects).
 */
export const nodeFlags = ['--max-semi-space-size=4', '--heap-growing-percent=40'];

/**
 * glibc keeps a heap for each thread that allocates, eight per core; with two of them an exam of 10,000 objects over four
 * associations peaked at 201 MB instead of 248. Whoever sets it otherwise is heeded.
 */
export const nodeEnvironment = { MALLOC_ARENA_MAX: '2' };

/** The Node that runs the product: the pinned one of the lock file, else the running one when it is new enough. */
export function findNode(root) {
  const pinned = path.join(root, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node');
  if (fs.existsSync(pinned)) return pinned;
  if (Number(process.versions.node.split('.')[0]) >= leastMajor) return process.execPath;
  throw new Stop(
    `This needs Node ${leastMajor} or newer; ${process.execPath} is ${process.version}, ` +
      `and no packaged Node exists for ${process.platform}-${process.arch}. ` +
      `Install Node ${leastMajor} from https://nodejs.org and run the same command again.`,
  );
}
