import { statuses } from '@jiapian/dicom/network';
import { AppError, type ErrorKind } from '@jiapian/kernel';

const statusOfKind: Readonly<Record<ErrorKind, number>> = {
  invalid: statuses.cannotUnderstand,
  unauthenticated: statuses.notAuthorized,
  forbidden: statuses.notAuthorized,
  'not-found': statuses.processingFailure,
  conflict: statuses.processingFailure,
  unprocessable: statuses.processingFailure,
  limit: statuses.outOfResources,
  upstream: statuses.processingFailure,
  unavailable: statuses.outOfResources,
  defect: statuses.processingFailure,
};

/** The answer to a C-STORE that failed; the comment is the code, which staff of the modality can read to us. */
export const failureStatus = (cause: unknown): { status: number; comment: string } =>
  cause instanceof AppError
    ? { status: statusOfKind[cause.kind], comment: cause.code }
    : { status: statuses.processingFailure, comment: 'SERVER_DEFECT' };
