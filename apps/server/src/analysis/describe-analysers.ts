import type { Analyser } from '@jiapian/contract';
import type { UnitOfWork } from '../platform/database.ts';
import { findAnalysers } from './analysers.repository.ts';

const MS_PER_SECOND = 1_000;

/** Every analyser of the hospital; of the token only whether there is one. */
export const describeAnalysers = async (unit: UnitOfWork): Promise<Analyser[]> =>
  (await findAnalysers(unit)).map(
    ({ hospitalId: _hospital, token, timeoutMs, failuresInARow: _failures, ...analyser }) => ({
      ...analyser,
      hasToken: token !== '',
      timeoutSeconds: Math.round(timeoutMs / MS_PER_SECOND),
      restingUntil: analyser.restingUntil?.toISOString() ?? null,
      lastFailureAt: analyser.lastFailureAt?.toISOString() ?? null,
      lastAnswerAt: analyser.lastAnswerAt?.toISOString() ?? null,
    }),
  );
