import { encodeJson } from '@jiapian/dicom';
import {
  commandFields,
  EXPLICIT_LITTLE_ENDIAN,
  IMPLICIT_LITTLE_ENDIAN,
  serviceClasses,
  statuses,
} from '@jiapian/dicom/network';
import { AppError, type Clock } from '@jiapian/kernel';
import { backOffMs } from '@jiapian/rules';
import type { ObjectStore } from '../archive/index.ts';
import { recordEntry, systemActor } from '../audit/index.ts';
import { readHospitalSettings } from '../organization/index.ts';
import type { Database, UnitOfWork } from '../platform/database.ts';
import { DimseClient, type DimsePeer } from '../platform/dimse-client.ts';
import type { Log } from '../platform/log.ts';
import { tlsOf, type TlsMaterial } from '../platform/tls-material.ts';
import { decideObject } from './commit-storage-policy.ts';
import { commitmentReport, PUSH_MODEL_INSTANCE, type DecidedObject } from './storage-commitment-data.ts';
import {
  decideObjects,
  findApplication,
  findDecided,
  findDueCommitments,
  findUndecided,
  moveCommitment,
  type DueCommitment,
} from './storage-commitment.repository.ts';

export interface CommitmentParts {
  database: Database;
  clock: Clock;
  log: Log;
  store: Pick<ObjectStore, 'path'>;
  aeTitle: string;
  tls: TlsMaterial | null;
}

/** How often a request that cannot be decided yet is looked at again, ms. */
const LOOK_AGAIN_MS = 5_000;
const REQUESTS_PER_TICK = 20;
const actor = systemActor('storage-commitment');
const pushModel = serviceClasses.storageCommitment.uid;

/** What a decided request is told with; null while something of it is undecided. */
export interface ReadyReport {
  transactionUid: string;
  objects: DecidedObject[];
}

/** Decides what can be decided of a request. */
export const decideCommitment = async (
  parts: CommitmentParts,
  unit: UnitOfWork,
  request: Pick<DueCommitment, 'commitment_request_id' | 'transaction_uid' | 'received_at'>,
): Promise<ReadyReport | null> => {
  const now = parts.clock.now();
  const requestId = request.commitment_request_id;
  const { commitmentPolicy: policy = 'durable-here' } = await readHospitalSettings(unit);
  const waitedMs = now.getTime() - request.received_at.getTime();
  const undecided = await findUndecided(unit, requestId);
  const decided: DecidedObject[] = [];
  for (const object of undecided) {
    const one = await decideObject(object, { policy, waitedMs, store: parts.store });
    if (one !== null) decided.push(one);
  }
  await decideObjects(unit, requestId, decided);
  if (decided.length < undecided.length) {
    await moveCommitment(unit, requestId, {
      state: 'waiting',
      next_attempt_at: new Date(now.getTime() + LOOK_AGAIN_MS),
    });
    return null;
  }
  const objects = await findDecided(unit, requestId);
  await moveCommitment(unit, requestId, { state: 'decided', decided_at: now });
  await recordEntry(unit, actor, {
    action: 'release.commitment-decided',
    subjectKind: 'commitment-request',
    subjectId: requestId,
    facts: {
      objects: objects.length,
      failed: objects.filter(({ failureReason }) => failureReason !== 0).length,
      policy,
    },
  });
  return { transactionUid: request.transaction_uid, objects };
};

/** Decides and reports what is due; one request after the other. */
export const commitStorage = async (parts: CommitmentParts, signal: AbortSignal): Promise<void> => {
  const due = await parts.database.withSystem((unit) => findDueCommitments(unit, parts.clock.now(), REQUESTS_PER_TICK));
  for (const request of due) if (!signal.aborted) await reportOne(parts, request);
};

const reportOne = async (parts: CommitmentParts, request: DueCommitment): Promise<void> => {
  const inHospital = <Value>(work: (unit: UnitOfWork) => Promise<Value>): Promise<Value> =>
    parts.database.withHospital(request.hospital_id, work);
  const report = await inHospital((unit) => decideCommitment(parts, unit, request));
  if (report === null) return;
  const application = await inHospital((unit) => findApplication(unit, request.calling_ae_title));
  const attempts = request.attempts + 1;
  try {
    if (application === undefined) throw new AppError('DIMSE_UNREACHABLE', { reason: 'no-address' });
    const { host, port, uses_tls } = application;
    const titles = { calledAeTitle: request.calling_ae_title, callingAeTitle: parts.aeTitle };
    await reportTo({ host, port, ...titles, ...tlsOf(uses_tls, parts.tls) }, report);
    await inHospital((unit) => markReported(unit, request.commitment_request_id, parts.clock.now()));
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause;
    const waitMs = backOffMs(attempts);
    const next = new Date(parts.clock.now().getTime() + (waitMs ?? 0));
    parts.log.warn('commitment.not-delivered', { code: cause.code, attempts });
    await inHospital((unit) =>
      moveCommitment(unit, request.commitment_request_id, {
        state: waitMs === null ? 'undelivered' : 'decided',
        attempts,
        next_attempt_at: next,
        answer: cause.code,
      }),
    );
  }
};

export const markReported = (unit: UnitOfWork, requestId: string, at: Date): Promise<void> =>
  moveCommitment(unit, requestId, { state: 'reported', reported_at: at, answer: '0000' });

/** The command and the data set of a report, encoded. */
export const reportMessage = (report: ReadyReport, aeTitle: string, transferSyntax: string) => {
  const { eventType, json } = commitmentReport(report.transactionUid, report.objects, aeTitle);
  return {
    command: {
      CommandField: commandFields.eventReportRequest,
      AffectedSOPClassUID: pushModel,
      AffectedSOPInstanceUID: PUSH_MODEL_INSTANCE,
      EventTypeID: eventType,
    },
    dataset: encodeJson(json, transferSyntax),
  };
};

/** N-EVENT-REPORT on an association of our own, on which we are the provider. */
const reportTo = async (peer: DimsePeer, report: ReadyReport): Promise<void> => {
  const proposals = [EXPLICIT_LITTLE_ENDIAN, IMPLICIT_LITTLE_ENDIAN].map((transferSyntax) => ({
    abstractSyntax: pushModel,
    transferSyntax,
    asProvider: true,
  }));
  const client = await DimseClient.associate(peer, proposals);
  try {
    const transferSyntax = client.encodingOf(pushModel) ?? IMPLICIT_LITTLE_ENDIAN;
    const { command, dataset } = reportMessage(report, peer.callingAeTitle, transferSyntax);
    const answer = await client.call(pushModel, command, dataset);
    if (answer.command.Status !== statuses.success) {
      throw new AppError('DIMSE_REFUSED', { status: answer.command.Status?.toString(16) });
    }
  } finally {
    await client.release();
  }
};
