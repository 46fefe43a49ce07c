import { randomUUID } from 'node:crypto';
import { decodeJson, jsonText } from '@jiapian/dicom';
import { commandFields, serviceClasses, statuses, type CommandSet } from '@jiapian/dicom/network';
import { AppError, type Clock } from '@jiapian/kernel';
import type { Database, UnitOfWork } from '../platform/database.ts';
import type { DimseOperation, OperationAnswer, OperationService } from '../platform/dimse-operations.ts';
import type { LiveEvents } from '../platform/live-events.ts';
import { firstHospital } from './first-hospital.ts';
import { beginStep, updateStep, type Around, type StepOutcome } from './record-step.ts';

export interface PerformedStepParts {
  database: Database;
  clock: Clock;
  liveEvents: Pick<LiveEvents, 'publishWith'>;
}

/** Performed Procedure Step Object may no longer be updated (PS3.4 table F.7.2-2). */
const NO_LONGER_UPDATED = 0xa710;

const answerOf: Readonly<Record<StepOutcome, CommandSet>> = {
  done: { Status: statuses.success },
  duplicate: { Status: statuses.duplicateSopInstance },
  unknown: { Status: statuses.noSuchSopInstance },
  final: { Status: statuses.processingFailure, ErrorID: NO_LONGER_UPDATED, ErrorComment: 'step has ended' },
  'wrong-status': { Status: statuses.attributeValueOutOfRange, ErrorComment: '(0040,0252) status' },
};

/** Modality Performed Procedure Step as SCP (PS3.4 annex F): N-CREATE and N-SET. */
export const performedStepService = (parts: PerformedStepParts): OperationService => ({
  abstractSyntax: serviceClasses.performedStep.uid,
  answer: async (operation) => {
    switch (operation.command.CommandField) {
      case commandFields.createRequest:
        return create(parts, operation);
      case commandFields.setRequest:
        return set(parts, operation);
      default:
        return { command: { Status: statuses.unrecognizedOperation } };
    }
  },
});

const create = async (parts: PerformedStepParts, operation: DimseOperation): Promise<OperationAnswer> => {
  const { command, caller } = operation;
  const content = contentOf(operation);
  const missing = ['00400253', '00400241', '00400244', '00400245', '00080060'].find(
    (tag) => jsonText(content, tag) === '',
  );
  if (missing !== undefined) {
    return {
      command: { Status: statuses.missingAttribute, ErrorComment: `(${missing.slice(0, 4)},${missing.slice(4)})` },
    };
  }
  // A modality may leave the number to us (PS3.7 §10.1.5.1.4).
  const sopInstanceUid = command.AffectedSOPInstanceUID || `2.25.${BigInt(`0x${randomUUID().replaceAll('-', '')}`)}`;
  const outcome = await inHospital(parts, (unit, around) =>
    beginStep(unit, { ...wordOf(operation, content), sopInstanceUid, callingAeTitle: caller.callingAeTitle }, around),
  );
  return { command: { ...answerOf[outcome], AffectedSOPInstanceUID: sopInstanceUid } };
};

const set = async (parts: PerformedStepParts, operation: DimseOperation): Promise<OperationAnswer> => {
  const content = contentOf(operation);
  const outcome = await inHospital(parts, (unit, around) => updateStep(unit, wordOf(operation, content), around));
  return { command: answerOf[outcome] };
};

const wordOf = ({ command, caller }: DimseOperation, content: ReturnType<typeof contentOf>) => ({
  sopInstanceUid: command.RequestedSOPInstanceUID ?? '',
  callingAeTitle: caller.callingAeTitle,
  content,
  status: jsonText(content, '00400252'),
});

const contentOf = ({ dataset, transferSyntax }: DimseOperation) => {
  if (dataset.byteLength === 0) throw new AppError('DICOM_UNREADABLE', { reason: 'no data set' });
  return decodeJson(dataset, transferSyntax);
};

const inHospital = async (
  { database, clock, liveEvents }: PerformedStepParts,
  work: (unit: UnitOfWork, around: Around) => Promise<StepOutcome>,
): Promise<StepOutcome> =>
  database.withHospital(await firstHospital(database), (unit) => work(unit, { now: clock.now(), liveEvents }));
