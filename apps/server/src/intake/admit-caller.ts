import { AppError, type Clock } from '@jiapian/kernel';
import { readHospitalSettings } from '../organization/index.ts';
import { forEachHospital } from '../platform/each-hospital.ts';
import type { Database } from '../platform/database.ts';
import type { Admission, Caller } from '../platform/dimse-services.ts';
import type { Log } from '../platform/log.ts';
import { listNamedTitles } from './intake.repository.ts';

/** How long an answer of the database serves, ms: a modality opens an association per exposure. */
const POLICY_SERVES_MS = 5_000;
/** How long an association waits for the database, ms: one that hangs must not hold up a modality. */
const POLICY_WITHIN_MS = 500;

interface CallerPolicy {
  refusesUnknown: boolean;
  named: ReadonlySet<string>;
}

/** Until the database has answered once, nobody is refused: what comes is durable, and the register judges it again. */
const openPolicy: CallerPolicy = { refusesUnknown: false, named: new Set() };

/** May this caller open an association? Titles are compared as sent: they are case sensitive (PS3.5 table 6.2-1). */
export const createAdmission = (parts: {
  database: Database;
  clock: Clock;
  log: Log;
  aeTitle: string;
}): ((caller: Caller) => Promise<Admission>) => {
  let policy = openPolicy;
  let readAt = -Infinity;
  let reading: Promise<void> | undefined;
  const refresh = async (): Promise<void> => {
    try {
      policy = await readPolicy(parts.database);
    } catch (cause) {
      // The last known policy goes on serving while the database is away.
      parts.log.warn('intake.policy-unavailable', { reason: cause instanceof AppError ? cause.code : 'defect' });
    }
    readAt = parts.clock.now().getTime();
    reading = undefined;
  };
  const currentPolicy = async (): Promise<CallerPolicy> => {
    if (parts.clock.now().getTime() - readAt >= POLICY_SERVES_MS) {
      reading ??= refresh();
      await withinMs(reading, POLICY_WITHIN_MS);
    }
    return policy;
  };
  return async ({ callingAeTitle, calledAeTitle }) => {
    const { refusesUnknown, named } = await currentPolicy();
    if (!refusesUnknown) return { isAdmitted: true };
    if (calledAeTitle !== parts.aeTitle) return { isAdmitted: false, rejection: 'called-ae-title-unknown' };
    return named.has(callingAeTitle)
      ? { isAdmitted: true }
      : { isAdmitted: false, rejection: 'calling-ae-title-unknown' };
  };
};

/** Unknown callers are refused when every hospital of the installation refuses them. */
const readPolicy = async (database: Database): Promise<CallerPolicy> => {
  const named = new Set<string>();
  let hospitals = 0;
  let refusing = 0;
  await forEachHospital(database, async (unit) => {
    hospitals++;
    const { callerPolicy } = await readHospitalSettings(unit);
    if (callerPolicy === 'refuse-unknown') refusing++;
    for (const title of await listNamedTitles(unit)) named.add(title);
  });
  return { refusesUnknown: hospitals > 0 && refusing === hospitals, named };
};

const withinMs = async (work: Promise<void>, milliseconds: number): Promise<void> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  await Promise.race([work, late]);
  clearTimeout(timer);
};
