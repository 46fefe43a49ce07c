import { randomUUID } from 'node:crypto';
import { decodeJson } from '@jiapian/dicom';
import { commandFields, serviceClasses, statuses } from '@jiapian/dicom/network';
import { firstHospital } from '../exams/index.ts';
import type { DimseOperation, OperationLink, OperationService } from '../platform/dimse-operations.ts';
import { decideCommitment, markReported, reportMessage, type CommitmentParts } from './commit-storage.ts';
import { takeCommitmentReport } from './storage-commitment-reports.ts';
import {
  PUSH_MODEL_INSTANCE,
  readCommitmentReport,
  readCommitmentRequest,
  REQUEST_COMMITMENT,
} from './storage-commitment-data.ts';
import { moveCommitment, saveCommitmentRequest } from './storage-commitment.repository.ts';

/** How long a report on the association of the request may take before another is opened for it, ms. */
const SAME_ASSOCIATION_MS = 40_000;

/** Storage Commitment Push Model (PS3.4 annex J): asked by modalities, and told by archives that we asked. */
export const storageCommitmentService = (parts: CommitmentParts): OperationService => ({
  abstractSyntax: serviceClasses.storageCommitment.uid,
  answer: async (operation, link) => {
    switch (operation.command.CommandField) {
      case commandFields.actionRequest:
        return takeRequest(parts, operation, link);
      case commandFields.eventReportRequest:
        return takeReport(parts, operation);
      default:
        return { command: { Status: statuses.unrecognizedOperation } };
    }
  },
});

const takeRequest = async (
  parts: CommitmentParts,
  { command, caller, dataset, transferSyntax }: DimseOperation,
  link: OperationLink,
) => {
  if (command.RequestedSOPInstanceUID !== PUSH_MODEL_INSTANCE)
    return { command: { Status: statuses.noSuchSopInstance } };
  if (command.ActionTypeID !== REQUEST_COMMITMENT) return { command: { Status: statuses.noSuchActionType } };
  const { transactionUid, objects } = readCommitmentRequest(decodeJson(dataset, transferSyntax));
  if (transactionUid === '' || objects.length === 0) return { command: { Status: statuses.invalidArgument } };
  const id = randomUUID();
  const at = parts.clock.now();
  const hospitalId = await firstHospital(parts.database);
  await parts.database.withHospital(hospitalId, (unit) =>
    saveCommitmentRequest(unit, {
      id,
      transactionUid,
      callingAeTitle: caller.callingAeTitle,
      objects,
      at,
      nextAttemptAt: new Date(at.getTime() + SAME_ASSOCIATION_MS),
    }),
  );
  const request = { commitment_request_id: id, transaction_uid: transactionUid, received_at: at };
  /** The same association first: the modality is still here. What it does not take is told by one of our own. */
  const afterwards = async (): Promise<void> => {
    const report = await parts.database.withHospital(hospitalId, (unit) => decideCommitment(parts, unit, request));
    if (report === null) return;
    const { command: told, dataset: words } = reportMessage(report, parts.aeTitle, transferSyntax);
    const answer = await link.request(told, words).catch(() => undefined);
    const now = parts.clock.now();
    await parts.database.withHospital(hospitalId, (unit) =>
      answer?.Status === statuses.success
        ? markReported(unit, id, now)
        : moveCommitment(unit, id, { next_attempt_at: now }),
    );
  };
  return { command: { Status: statuses.success }, afterwards };
};

const takeReport = async (parts: CommitmentParts, { dataset, transferSyntax, command }: DimseOperation) => {
  const hospitalId = await firstHospital(parts.database);
  const report = readCommitmentReport(decodeJson(dataset, transferSyntax));
  const isOurs = await takeCommitmentReport(parts, hospitalId, report);
  const event = command.EventTypeID === undefined ? {} : { EventTypeID: command.EventTypeID };
  return { command: { Status: isOurs ? statuses.success : statuses.invalidArgument, ...event } };
};
