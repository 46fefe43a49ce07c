import type { UnitOfWork } from '../platform/database.ts';
import type { Caller } from '../platform/http.ts';
import { insertEntry } from './audit.repository.ts';

export interface AuditActor {
  accountId: string | null;
  /** Who, in words that outlive the account: the staff number, or the name of a part of the system. */
  actor: string;
  requestId?: string | undefined;
}

interface AuditFact {
  /** `room.verb`, for example `exams.read` or `review.grade`. */
  action: string;
  subjectKind: string;
  subjectId: string;
  facts?: Record<string, unknown>;
}

/** Appends to the trail in the caller's transaction: what is not recorded has not happened. */
export const recordEntry = async (unit: UnitOfWork, by: AuditActor, fact: AuditFact): Promise<void> => {
  await insertEntry(unit, {
    account_id: by.accountId,
    actor: by.actor,
    action: fact.action,
    subject_kind: fact.subjectKind,
    subject_id: fact.subjectId,
    facts: JSON.stringify(fact.facts ?? {}),
    request_id: by.requestId ?? null,
  });
};

/** The actor of a request; a token has no account and is named by its name. */
export const actorOf = (request: { caller: Caller; id: string }): AuditActor => ({
  accountId: request.caller.via === 'session' ? request.caller.accountId : null,
  actor: request.caller.username,
  requestId: request.id,
});

/** The actor for what the system does by itself. */
export const systemActor = (part: string): AuditActor => ({ accountId: null, actor: `system:${part}` });
