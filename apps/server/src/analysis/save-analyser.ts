import { randomUUID } from 'node:crypto';
import type { AnalyserBody } from '@jiapian/contract';
import { AppError } from '@jiapian/kernel';
import { type AuditActor, recordEntry } from '../audit/index.ts';
import type { UnitOfWork } from '../platform/database.ts';
import { type AnalyserRow, findAnalyser, insertAnalyser, updateAnalyser } from './analysers.repository.ts';

const MS_PER_SECOND = 1_000;

/** Adds an analyser or changes one; the token stays when none is given, and the code stays for ever. */
export const saveAnalyser = async (
  unit: UnitOfWork,
  by: AuditActor,
  analyserId: string | null,
  { body, now }: { body: AnalyserBody; now: Date },
): Promise<string> => {
  if (!URL.canParse(body.address)) throw new AppError('REQUEST_INVALID', { reason: 'address' });
  const id = analyserId ?? randomUUID();
  const values = {
    name: body.name,
    address: body.address,
    modalities: body.modalities,
    position_codes: body.positionCodes,
    timeout_ms: body.timeoutSeconds * MS_PER_SECOND,
    largest_megabytes: body.largestMegabytes,
    is_enabled: body.isEnabled,
    // What a person has changed deserves another try at once.
    failures_in_a_row: 0,
    resting_until: null,
    changed_at: now,
    ...(body.token === undefined ? {} : { token: body.token }),
  };
  if (analyserId === null) {
    if (!(await insertAnalyser(unit, { analyser_id: id, code: body.code, ...values })))
      throw new AppError('ANALYSIS_CODE_TAKEN', { code: body.code });
  } else {
    const before = await requireAnalyser(unit, id);
    const version = body.version ?? before.version;
    if (!(await updateAnalyser(unit, id, values, version)))
      throw new AppError('ANALYSIS_STALE_VERSION', { version: before.version });
  }
  const { token, version: _version, ...facts } = body;
  await recordEntry(unit, by, {
    action: 'analysis.analyser-saved',
    subjectKind: 'analyser',
    subjectId: id,
    facts: { ...facts, isTokenChanged: token !== undefined },
  });
  return id;
};

/** Throws ANALYSIS_ANALYSER_NOT_FOUND. */
export const requireAnalyser = async (unit: UnitOfWork, analyserId: string): Promise<AnalyserRow> => {
  const analyser = await findAnalyser(unit, analyserId);
  if (analyser === undefined) throw new AppError('ANALYSIS_ANALYSER_NOT_FOUND', { analyserId });
  return analyser;
};
