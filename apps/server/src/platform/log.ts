/** Facts of a log line: identifiers and counts, never names or other patient data. */
export type LogFacts = Readonly<Record<string, unknown>>;

export interface Log {
  info(event: string, facts?: LogFacts): void;
  warn(event: string, facts?: LogFacts): void;
  error(event: string, facts?: LogFacts, cause?: unknown): void;
  child(facts: LogFacts): Log;
}

type Level = 'info' | 'warn' | 'error';

export interface LogSink {
  write(line: string): unknown;
  isTTY?: boolean;
}

/** JSON lines; short plain lines when a person is watching. */
export const createLog = (sinks: { out: LogSink; err: LogSink }, base: LogFacts = {}): Log => {
  const write = (level: Level, event: string, facts: LogFacts, cause?: unknown): void => {
    const sink = level === 'info' ? sinks.out : sinks.err;
    const all = cause === undefined ? { ...base, ...facts } : { ...base, ...facts, error: describeCause(cause) };
    sink.write((sink.isTTY ? plainLine(level, event, all) : jsonLine(level, event, all)) + '\n');
  };
  return {
    info: (event, facts = {}) => write('info', event, facts),
    warn: (event, facts = {}) => write('warn', event, facts),
    error: (event, facts = {}, cause) => write('error', event, facts, cause),
    child: (facts) => createLog(sinks, { ...base, ...facts }),
  };
};

export const processLog = (): Log => createLog({ out: process.stdout, err: process.stderr });

/** A log that says nothing; for tests. */
export const silentLog: Log = createLog({ out: { write: () => undefined }, err: { write: () => undefined } });

const jsonLine = (level: Level, event: string, facts: LogFacts): string =>
  JSON.stringify({ time: new Date().toISOString(), level, event, ...facts });

const plainLine = (level: Level, event: string, facts: LogFacts): string => {
  const pairs = Object.entries(facts).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  const mark = level === 'info' ? '' : `${level.toUpperCase()} `;
  return [new Date().toISOString().slice(11, 19), mark + event, ...pairs].join(' ');
};

const maxCauses = 4;

const describeCause = (cause: unknown): unknown => {
  const chain: unknown[] = [];
  for (let error = cause; error !== undefined && error !== null && chain.length < maxCauses;) {
    if (!(error instanceof Error)) {
      chain.push(typeof error);
      break;
    }
    chain.push({ name: error.name, message: redact(error), code: (error as NodeJS.ErrnoException).code });
    error = error.cause;
  }
  const stack = cause instanceof Error ? stackFrames(cause) : undefined;
  return { chain, stack };
};

/** PostgreSQL quotes row values in `detail`, and sometimes in the message after a colon: only the message head is kept. */
const redact = (error: Error): string =>
  error.name === 'DatabaseError' || error.name === 'error' ? error.message.replace(/: ".*$/s, '') : error.message;

/** Frames only: the first lines of a stack repeat the message. */
const stackFrames = (error: Error): string[] =>
  (error.stack ?? '')
    .split('\n')
    .filter((line) => line.startsWith('    at '))
    .slice(0, 12)
    .map((line) => line.trim());
