import type { Clock } from '@jiapian/kernel';
import type { ObjectStore } from '../archive/index.ts';
import { readHospitalSettings } from '../organization/index.ts';
import type { Database, UnitOfWork } from '../platform/database.ts';
import type { LiveEvents } from '../platform/live-events.ts';
import { recordExamEvents, type ExamEvent } from './exam-events.repository.ts';
import { firstHospital } from './first-hospital.ts';
import { linkExams } from './link-orders.ts';
import { lockRegister } from './lock-register.repository.ts';
import { readReceived, type ReadObject, type Unreadable } from './read-received.ts';
import type { RegisterBatch, RegisterOutcome } from './received-object.ts';
import { linkSteps } from './record-step.ts';
import { registerExams, type TouchedExam } from './register-exams.ts';
import { findHeld, keepApart, quarantine, storeInstances, storeObjects } from './register-objects.repository.ts';
import { resolveDevices, type ResolvedDevice } from './resolve-devices.ts';
import { sortReceived } from './sort-received.ts';

export interface RegisterParts {
  database: Database;
  store: Pick<ObjectStore, 'read'>;
  clock: Clock;
  liveEvents: Pick<LiveEvents, 'publishWith'>;
}

type Reading = ReadObject | Unreadable;

/** Enters received objects into the register; see `RegisterBatch`. */
export const createRegister = (parts: RegisterParts): { registerBatch: RegisterBatch } => {
  const enter = async (readings: readonly Reading[]): Promise<RegisterOutcome[]> => {
    if (readings.length === 0) return [];
    const hospitalId = await firstHospital(parts.database);
    try {
      return await parts.database.withHospital(hospitalId, (unit) => enterBatch(unit, readings, parts));
    } catch (error) {
      if (!isAboutTheData(error)) throw error;
      // One object that the database cannot take must not keep the others out: halve until it stands alone.
      const [only, other] = readings;
      if (only !== undefined && other === undefined)
        return await parts.database.withHospital(hospitalId, (unit) => enterBatch(unit, [refused(only)], parts));
      const middle = readings.length >> 1;
      return [...(await enter(readings.slice(0, middle))), ...(await enter(readings.slice(middle)))];
    }
  };
  return {
    registerBatch: async (received) => {
      const readings: Reading[] = [];
      for (const object of received) readings.push(await readReceived(object, parts.store));
      return enter(readings);
    },
  };
};

/** SQLSTATE classes 22 (data exception) and 23 (integrity), 54000 (a limit, such as the size of an index entry). */
const isAboutTheData = (error: unknown): boolean =>
  /^(22|23|54)/.test(String((error as { code?: unknown }).code ?? ''));

const refused = ({ received }: Reading): Unreadable => ({
  received,
  reasonCode: 'INTAKE_UNREADABLE',
  reason: 'the register cannot take the values of its header',
});

const enterBatch = async (
  unit: UnitOfWork,
  readings: readonly Reading[],
  { clock, liveEvents }: RegisterParts,
): Promise<RegisterOutcome[]> => {
  const now = clock.now();
  await lockRegister(unit);
  const { callerPolicy } = await readHospitalSettings(unit);
  const read = readings.filter((reading): reading is ReadObject => 'facts' in reading);
  const deviceOf = await resolveDevices(unit, read);
  const unreadable = readings.filter((reading): reading is Unreadable => !('facts' in reading));
  const isRefused = (one: ReadObject): boolean =>
    callerPolicy === 'refuse-unknown' && isUnknownCaller(one, deviceOf(one));
  const strangers = read.filter(isRefused).map(strangerOf);
  const accepted = read.filter((one) => !isRefused(one));
  const held = await findHeld(unit, [...new Set(accepted.map(({ facts }) => facts.sopInstanceUid))]);
  const { outcomes, fresh, apart } = sortReceived(accepted, held);

  await storeObjects(unit, [...fresh, ...apart]);
  const exams = fresh.length === 0 ? [] : await registerExams(unit, fresh, deviceOf, now);
  if (exams.length > 0) await storeInstances(unit, exams);
  await keepApart(unit, apart, now);
  await quarantine(unit, [...unreadable, ...strangers]);
  await recordExamEvents(
    unit,
    exams.flatMap((exam) => eventsOf(exam, now)),
  );
  const touched = exams.map(({ examId }) => examId);
  await linkExams(unit, touched, now);
  await tell(unit, exams);
  await linkSteps(unit, touched, { now, liveEvents });
  if (exams.length > 0) await liveEvents.publishWith(unit, 'exams.changed');
  if (unreadable.length + strangers.length + apart.length > 0) await liveEvents.publishWith(unit, 'quarantine.changed');

  for (const { received, reasonCode, reason } of [...unreadable, ...strangers])
    outcomes.set(received.objectId, { kind: 'quarantined', reasonCode, reason });
  return readings.map(({ received }) => outcomes.get(received.objectId) ?? { kind: 'registered' });
};

/** The doors that have a calling AE title refuse unknown ones before they send; what was acknowledged before is set aside. */
const isUnknownCaller = ({ received }: ReadObject, device: ResolvedDevice | null): boolean =>
  received.door === 'dimse' && device?.isNamed !== true;

const strangerOf = ({ received }: ReadObject): Unreadable => ({
  received,
  reasonCode: 'INTAKE_CALLER_UNKNOWN',
  reason: 'the sending device is not known here, and unknown devices are refused',
});

const eventsOf = ({ examId, isNew, isReopened, objects }: TouchedExam, now: Date): ExamEvent[] => {
  const { received } = objects[0]!;
  const facts = { objects: objects.length, door: received.door, callingAeTitle: received.callingAeTitle };
  if (isNew) return [{ examId, at: received.receivedAt, event: 'exam.first-received', facts }];
  return isReopened ? [{ examId, at: now, event: 'exam.reopened', facts }] : [];
};

const tell = async (unit: UnitOfWork, exams: readonly TouchedExam[]): Promise<void> => {
  for (const { examId, isReopened } of exams) {
    await unit.emit({ name: 'exam.received', payload: { examId } });
    if (isReopened) await unit.emit({ name: 'exam.reopened', payload: { examId } });
  }
};
