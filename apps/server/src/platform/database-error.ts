import { AppError } from '@jiapian/kernel';

/** Node's words for a server that is not there. */
const connectionCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EHOSTUNREACH',
]);
/** PostgreSQL appendix A: class 08 connection, 57P0x shutdown or start-up, 53300 too many connections, 53100 disk full. */
const unavailableStates = /^(08...|57P0[1-5]|53300|53100)$/;
/** The server is there and does not let us in: wrong password, no such role or database. Waiting does not help. */
const refusedStates = /^(28...|3D000)$/;
const connectionMessages =
  /Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error|not queryable|Cannot use a pool after/;

/** A lost connection as `DATABASE_UNAVAILABLE`; every other error as it is. */
export const asDatabaseError = (error: unknown): unknown =>
  isConnectionLoss(error) ? new AppError('DATABASE_UNAVAILABLE', { state: codeOf(error) }, error) : error;

const isConnectionLoss = (error: unknown): boolean => {
  if (!(error instanceof Error) || error instanceof AppError) return false;
  const code = codeOf(error);
  const isSystemCall =
    connectionCodes.has(code) && 'syscall' in error && ['connect', 'read', 'write'].includes(String(error.syscall));
  return (
    isSystemCall || unavailableStates.test(code) || refusedStates.test(code) || connectionMessages.test(error.message)
  );
};

/** Whether the same attempt may succeed a little later. */
export const isPassing = (error: unknown): boolean =>
  error instanceof AppError &&
  error.code === 'DATABASE_UNAVAILABLE' &&
  !refusedStates.test(String(error.facts['state']));

const codeOf = (error: unknown): string => String((error as { code?: unknown }).code ?? '');
