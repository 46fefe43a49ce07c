import type { Clock } from '@jiapian/kernel';
import { recordEntry, type AuditActor } from '../audit/index.ts';
import type { UnitOfWork } from '../platform/database.ts';
import { tryCircuitNow } from './circuit.repository.ts';
import { requeueForwards } from './forward.repository.ts';

/** A person asks for another round: of one exam, of one destination, or of everything that did not arrive. */
export const retryForwards = async (
  unit: UnitOfWork,
  clock: Clock,
  by: AuditActor,
  filter: { destinationId?: string | undefined; examId?: string | undefined },
): Promise<number> => {
  const at = clock.now();
  const queued = await requeueForwards(unit, filter, at);
  await tryCircuitNow(unit, filter.destinationId, at);
  await recordEntry(unit, by, {
    action: 'release.forwards-retried',
    subjectKind: 'forward',
    subjectId: filter.examId ?? filter.destinationId ?? 'all',
    facts: { queued },
  });
  return queued;
};
