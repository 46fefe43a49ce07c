import { randomUUID } from 'node:crypto';
import { decodeJson, encodeJson } from '@jiapian/dicom';
import {
  commandFields,
  EXPLICIT_LITTLE_ENDIAN,
  IMPLICIT_LITTLE_ENDIAN,
  serviceClasses,
  statuses,
} from '@jiapian/dicom/network';
import { AppError, type Clock } from '@jiapian/kernel';
import type { Database } from '../platform/database.ts';
import { DimseClient, type DimsePeer } from '../platform/dimse-client.ts';
import { takeCommitmentReport } from './storage-commitment-reports.ts';
import { saveAsk } from './storage-commitment-asks.repository.ts';
import {
  commitmentRequestJson,
  PUSH_MODEL_INSTANCE,
  readCommitmentReport,
  REQUEST_COMMITMENT,
  type ReferencedObject,
} from './storage-commitment-data.ts';

/** How long an archive may take to report on the association of the request before we hang up, ms. [PD] */
const SAME_ASSOCIATION_MS = 2_000;

const pushModel = serviceClasses.storageCommitment.uid;

export interface CommitmentAsk {
  hospitalId: string;
  destinationId: string;
  peer: DimsePeer;
  objects: readonly ReferencedObject[];
}

/**
 * Asks an archive to commit to the objects that were sent to it (N-ACTION). Its answer comes later, on this association
 * or on one of its own, and is found by `findCommitments`. Throws `DIMSE_REFUSED` when it does not offer the service
 * or refuses the request, and the errors of `DimseClient.associate`.
 */
export const askCommitment = async (
  { database, clock }: { database: Database; clock: Clock },
  { hospitalId, destinationId, peer, objects }: CommitmentAsk,
  sameAssociationMs = SAME_ASSOCIATION_MS,
): Promise<{ transactionUid: string }> => {
  const transactionUid = `2.25.${BigInt(`0x${randomUUID().replaceAll('-', '')}`)}`;
  const proposals = [EXPLICIT_LITTLE_ENDIAN, IMPLICIT_LITTLE_ENDIAN].map((transferSyntax) => ({
    abstractSyntax: pushModel,
    transferSyntax,
  }));
  const client = await DimseClient.associate(peer, proposals);
  try {
    const transferSyntax = client.encodingOf(pushModel);
    if (transferSyntax === undefined) throw new AppError('DIMSE_REFUSED', { reason: 'commitment-not-accepted' });
    // Written before it is asked: the answer may come on another association before ours is.
    const sopInstanceUids = objects.map(({ sopInstanceUid }) => sopInstanceUid);
    await database.withHospital(hospitalId, (unit) =>
      saveAsk(unit, { transactionUid, destinationId, sopInstanceUids, at: clock.now() }),
    );
    const reported = client.awaitRequest(async ({ command, dataset, transferSyntax: encoding }) => {
      if (command.CommandField !== commandFields.eventReportRequest) return statuses.unrecognizedOperation;
      const report = readCommitmentReport(decodeJson(dataset, encoding));
      await takeCommitmentReport({ database, clock }, hospitalId, report);
      return statuses.success;
    });
    const dataset = encodeJson(commitmentRequestJson({ transactionUid, objects: [...objects] }), transferSyntax);
    const { command } = await client.call(pushModel, actionCommand, dataset);
    if (command.Status !== statuses.success) {
      throw new AppError('DIMSE_REFUSED', {
        status: command.Status?.toString(16) ?? '',
        reason: command.ErrorComment ?? '',
      });
    }
    await Promise.race([reported, elapsed(sameAssociationMs)]);
    return { transactionUid };
  } finally {
    await client.release();
  }
};

const actionCommand = {
  CommandField: commandFields.actionRequest,
  RequestedSOPClassUID: pushModel,
  RequestedSOPInstanceUID: PUSH_MODEL_INSTANCE,
  ActionTypeID: REQUEST_COMMITMENT,
};

const elapsed = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds).unref();
  });
