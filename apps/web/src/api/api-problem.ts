import type { ErrorCode } from '@jiapian/kernel';

/** What only the client can find: the server was not reached, or answered with something else. */
export type ClientErrorCode = 'NETWORK_LOST' | 'RESPONSE_UNEXPECTED';

/** A refusal or failure of the server (RFC 9457 problem details), or of the way to it. */
export class ApiProblem extends Error {
  readonly code: ErrorCode | ClientErrorCode;
  readonly status: number;
  readonly requestId: string;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly issues: readonly { path: string; message: string }[];

  constructor(content: {
    code: ErrorCode | ClientErrorCode;
    status: number;
    requestId?: string;
    facts?: Readonly<Record<string, unknown>> | undefined;
    issues?: readonly { path: string; message: string }[] | undefined;
    cause?: unknown;
  }) {
    super(content.code, { cause: content.cause });
    this.name = 'ApiProblem';
    this.code = content.code;
    this.status = content.status;
    this.requestId = content.requestId ?? '';
    this.facts = content.facts ?? {};
    this.issues = content.issues ?? [];
  }
}

/** Whatever was thrown, as a problem that can be shown. */
export const asProblem = (error: unknown): ApiProblem =>
  error instanceof ApiProblem ? error : new ApiProblem({ code: 'RESPONSE_UNEXPECTED', status: 0, cause: error });
