import { readFileSync } from 'node:fs';

/** Whether a process runs. A zombie does not: under a container's first process nobody may ever collect it. */
export const isProcessAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  try {
    return processFields(pid)[0] !== 'Z';
  } catch {
    return true;
  }
};

/** The fields of proc(5) `stat` from the state on; the name before it may hold blanks and brackets. */
export const processFields = (pid: number): string[] =>
  readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\)\s/s, '')
    .split(' ');
