import { randomUUID } from 'node:crypto';
import type { CheckRequest } from '@jiapian/contract';
import { AppError, transition, type Clock } from '@jiapian/kernel';
import { crossCheckTable, needsCheckReason } from '@jiapian/rules';
import { recordEntry, type AuditActor } from '../audit/index.ts';
import type { UnitOfWork } from '../platform/database.ts';
import { hasRead, lockFilmRow, requireForeignFilm, type Reader } from '../review/index.ts';
import { currentStandard } from '../standards/index.ts';
import { checkPolicyInForce } from './check-policy.ts';
import { closeCrossCheck, lockCrossCheck } from './cross-check.repository.ts';
import { insertFilmCheck } from './film-check.repository.ts';

type Film = NonNullable<Awaited<ReturnType<typeof lockFilmRow>>>;

/**
 * A technologist's word about an own film, or a colleague's about a drawn one: append-only, compared with the grade for
 * training. It is no grade: it sets none, and nothing that counts for pay reads it.
 */
export const saveCheck = async (
  unit: UnitOfWork,
  clock: Clock,
  reader: Reader,
  by: AuditActor,
  filmId: string,
  request: CheckRequest,
): Promise<{ checkId: string }> => {
  const at = clock.now();
  const film = await lockFilmRow(unit, filmId);
  if (!film) throw new AppError('REVIEW_FILM_NOT_FOUND');
  const standard = await currentStandard(unit, at);
  const isReasoned = standard.rejectReasons.some(({ code }) => code === request.reasonCode);
  if (needsCheckReason(request.verdict) && !isReasoned) throw new AppError('SELF_CHECK_REASON_REQUIRED');
  if (request.kind === 'self') await requireOwnUngraded(unit, film, reader);
  else await takeDrawn(unit, film, reader, at);
  const checkId = randomUUID();
  await insertFilmCheck(unit, {
    check_id: checkId,
    film_id: filmId,
    kind: request.kind,
    account_id: reader.accountId,
    at,
    seconds_spent: request.secondsSpent,
    verdict: request.verdict,
    reason_code: needsCheckReason(request.verdict) ? request.reasonCode : null,
    note: request.note,
  });
  await recordEntry(unit, by, {
    action: `self-checks.${request.kind}`,
    subjectKind: 'film',
    subjectId: filmId,
    facts: { checkId, verdict: request.verdict },
  });
  return { checkId };
};

/** Only of the own film, and only before its grade is known; a change of mind stands beside the first word. */
const requireOwnUngraded = async (unit: UnitOfWork, film: Film, { staffId }: Reader): Promise<void> => {
  if (!(await checkPolicyInForce(unit)).isSelfCheckOn) throw new AppError('SELF_CHECK_OFF');
  if (staffId === null || film.technologist_id !== staffId) throw new AppError('SELF_CHECK_NOT_OWN');
  if (film.state === 'graded') throw new AppError('SELF_CHECK_TOO_LATE');
};

/** Only by whom it was drawn for, once, never of an own film and never after having graded it. */
const takeDrawn = async (unit: UnitOfWork, film: Film, reader: Reader, at: Date): Promise<void> => {
  requireForeignFilm(film, reader);
  const drawn = await lockCrossCheck(unit, film.film_id);
  if (drawn?.account_id !== reader.accountId) throw new AppError('SELF_CHECK_NOT_DRAWN');
  if (await hasRead(unit, film.film_id, reader.accountId)) throw new AppError('REVIEW_READ_BEFORE');
  const next = transition(crossCheckTable, drawn.state, 'checked');
  if (!next.ok) throw new AppError('SELF_CHECK_NOT_DRAWN', { state: drawn.state });
  await closeCrossCheck(unit, film.film_id, { state: next.value, at });
};
