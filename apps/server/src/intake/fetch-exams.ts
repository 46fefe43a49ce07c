import { AppError, type Clock } from '@jiapian/kernel';
import { backOffMs, fallsIntoShare, fetchRoom, isFetchHour } from '@jiapian/rules';
import { recordEntry, systemActor } from '../audit/index.ts';
import type { Database, UnitOfWork } from '../platform/database.ts';
import type { Log } from '../platform/log.ts';
import { tlsOf, type TlsMaterial } from '../platform/tls-material.ts';
import type { Corridor } from './corridor.ts';
import { dimseSource } from './fetch-from-dimse.ts';
import { webSource } from './fetch-from-web.ts';
import type { ArchiveSource } from './fetch-source.ts';
import {
  addTasks,
  countFetchedSince,
  endTask,
  findDueTasks,
  findPlans,
  noteLook,
  type DuePlan,
  type DueTask,
} from './fetch.repository.ts';

export interface FetchParts {
  database: Database;
  clock: Clock;
  log: Log;
  aeTitle: string;
  tls: TlsMaterial | null;
  corridor: () => Corridor;
}

const hourMs = 3_600_000;
/** How often an archive is asked for new exams of one device, ms. [PD] */
const LOOK_EVERY_MS = 300_000;
/** Studies of one device that one look brings at most. */
const STUDIES_PER_LOOK = 1_000;
const actor = systemActor('fetch');

/** Looks for exams of the devices that are fetched, and fetches what is sampled: at their hours, and not too many. */
export const fetchExams = async (parts: FetchParts, signal: AbortSignal): Promise<void> => {
  const plans = await parts.database.withSystem((unit) => findPlans(unit, parts.clock.now()));
  for (const plan of plans) {
    if (signal.aborted) return;
    if (isFetchHour(plan.hour, { fromHour: plan.from_hour, toHour: plan.to_hour })) await serve(parts, plan, signal);
  }
};

const serve = async (parts: FetchParts, plan: DuePlan, signal: AbortSignal): Promise<void> => {
  const { clock } = parts;
  const source = sourceOf(parts, plan);
  const isLookDue = plan.last_look_at === null || clock.now().getTime() - plan.last_look_at.getTime() >= LOOK_EVERY_MS;
  if (isLookDue) await look(parts, plan, source);
  const inHospital = hospitalOf(parts, plan);
  const fetched = await inHospital((unit) =>
    countFetchedSince(unit, plan.device_id, new Date(clock.now().getTime() - hourMs)),
  );
  const room = fetchRoom(plan.exams_per_hour, fetched);
  if (room === 0) return;
  const due = await inHospital((unit) => findDueTasks(unit, plan.device_id, clock.now(), room));
  for (const task of due) if (!signal.aborted) await fetchOne(parts, plan, { source, task });
};

/** The random half of the device's number. */
const seedOf = ({ device_id }: DuePlan): string => device_id.replaceAll('-', '').slice(-16);

const hospitalOf =
  ({ database }: FetchParts, { hospital_id }: DuePlan) =>
  <Value>(work: (unit: UnitOfWork) => Promise<Value>): Promise<Value> =>
    database.withHospital(hospital_id, work);

const sourceOf = ({ aeTitle, corridor, tls }: FetchParts, plan: DuePlan): ArchiveSource => {
  if (plan.kind === 'web') {
    const { url, secret } = plan;
    const authorization = secret === '' || /^[A-Za-z-]+ \S/.test(secret) ? secret : `Bearer ${secret}`;
    return webSource({ url, authorization }, corridor());
  }
  const { host, port, ae_title: calledAeTitle } = plan;
  return dimseSource(
    {
      host: host ?? '',
      port: port ?? 0,
      calledAeTitle,
      callingAeTitle: aeTitle,
      ...tlsOf(plan.uses_tls === true, tls),
    },
    corridor,
  );
};

const look = async (parts: FetchParts, plan: DuePlan, source: ArchiveSource): Promise<void> => {
  const inHospital = hospitalOf(parts, plan);
  const now = parts.clock.now();
  try {
    const uids = await source.findStudies({
      fromDay: plan.from_day,
      toDay: plan.to_day,
      modality: plan.modality,
      stationName: plan.station_name,
      limit: STUDIES_PER_LOOK,
    });
    const studies = uids.map((studyInstanceUid) => ({
      studyInstanceUid,
      // Drawn by the study itself: the same one is in or out, however often it is found.
      isSampled: fallsIntoShare(seedOf(plan), studyInstanceUid, plan.sample_percent / 100),
    }));
    await inHospital(async (unit) => {
      await addTasks(unit, plan.device_id, studies, now);
      await noteLook(unit, plan.device_id, { at: now, answer: '' });
    });
  } catch (cause) {
    const answer = answerOf(cause);
    parts.log.warn('fetch.look-failed', { code: answer });
    await inHospital((unit) => noteLook(unit, plan.device_id, { at: now, answer }));
  }
};

const fetchOne = async (
  parts: FetchParts,
  plan: DuePlan,
  { source, task }: { source: ArchiveSource; task: DueTask },
): Promise<void> => {
  const inHospital = hospitalOf(parts, plan);
  const attempts = task.attempts + 1;
  const uid = task.study_instance_uid;
  try {
    const objects = await source.fetchStudy(uid);
    // Some archives call a study that they do not have any more a success of nothing.
    if (objects === 0) throw new AppError('INTAKE_ARCHIVE_REFUSED', { reason: 'no-objects' });
    const at = parts.clock.now();
    await inHospital(async (unit) => {
      await endTask(unit, uid, {
        state: 'fetched',
        attempts,
        next_attempt_at: at,
        fetched_at: at,
        objects,
        answer: '',
      });
      await recordEntry(unit, actor, {
        action: 'intake.exam-fetched',
        subjectKind: 'device',
        subjectId: plan.device_id,
        facts: { studyInstanceUid: uid, objects },
      });
    });
  } catch (cause) {
    const waitMs = backOffMs(attempts);
    const answer = answerOf(cause);
    parts.log.warn('fetch.failed', { code: answer, attempts });
    const next = new Date(parts.clock.now().getTime() + (waitMs ?? 0));
    const state = waitMs === null ? 'given-up' : 'failed';
    await inHospital((unit) => endTask(unit, uid, { state, attempts, next_attempt_at: next, answer }));
  }
};

const answerOf = (cause: unknown): string =>
  cause instanceof AppError
    ? [cause.code, cause.facts['status'], cause.facts['reason'], cause.facts['code']]
        .filter((part) => typeof part === 'string' || typeof part === 'number')
        .join(' · ')
    : 'SERVER_DEFECT';
