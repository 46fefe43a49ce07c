import type { Problem } from '@jiapian/contract';
import { AppError, type ErrorCode, type ErrorKind } from '@jiapian/kernel';
import type { FastifyError } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { asDatabaseError } from './database-error.ts';

/** The column "HTTP" of the table of error kinds in ARCHITECTURE.md. */
const statusOfKind: Readonly<Record<ErrorKind, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  unprocessable: 422,
  limit: 429,
  upstream: 502,
  unavailable: 503,
  defect: 500,
};

/** Kinds with two answers: too big is not too many, too late is not refused. */
const statusOfCode: Partial<Record<ErrorCode, number>> = {
  REQUEST_TOO_LARGE: 413,
  INTAKE_TOO_LARGE: 413,
  DIMSE_TIMED_OUT: 504,
};

export const problemType = 'application/problem+json';

/** Any failure of a request as problem details (RFC 9457); a 5xx says its code and nothing from inside. */
export const problemOf = (thrown: unknown, requestId: string): Problem => {
  const failure = asDatabaseError(thrown);
  if (failure instanceof AppError) return ofAppError(failure, requestId);
  if (hasZodFastifySchemaValidationErrors(failure)) {
    const place = failure.validationContext ?? 'request';
    const issues = failure.validation.map(({ instancePath, message }) => ({
      path: `${place}${instancePath}`,
      message: message ?? 'is not valid',
    }));
    return { ...problem('REQUEST_INVALID', 400, requestId), issues };
  }
  const status = (failure as Partial<FastifyError>).statusCode;
  if (status === undefined || status < 400 || status >= 500) return problem('SERVER_DEFECT', 500, requestId);
  if (status === 413) return problem('REQUEST_TOO_LARGE', 413, requestId);
  if (status === 429) return problem('REQUEST_TOO_MANY', 429, requestId);
  return problem(status === 404 ? 'ROUTE_NOT_FOUND' : 'REQUEST_INVALID', status, requestId);
};

const ofAppError = (error: AppError, requestId: string): Problem => {
  const status = statusOfCode[error.code] ?? statusOfKind[error.kind];
  const bare = problem(error.code, status, requestId);
  if (status >= 500 || Object.keys(error.facts).length === 0) return bare;
  const { issues, ...facts } = error.facts;
  return {
    ...bare,
    ...(Object.keys(facts).length > 0 && { facts }),
    ...(isIssueList(issues) && { issues }),
  };
};

const isIssueList = (value: unknown): value is { path: string; message: string }[] =>
  Array.isArray(value) && value.every((one) => typeof one?.path === 'string' && typeof one?.message === 'string');

const problem = (code: ErrorCode, status: number, requestId: string): Problem => ({
  type: `urn:jiapian:error:${code}`,
  title: code.toLowerCase().replaceAll('_', ' '),
  status,
  code,
  requestId,
});
