import { AppError, type Clock } from '@jiapian/kernel';
import type { CareSetting, StreamMode } from '@jiapian/rules';
import { recordEntry, type AuditActor } from '../audit/index.ts';
import type { UnitOfWork } from '../platform/database.ts';
import { findStream, findStreamFacts, saveStream, type StreamRow } from './device-stream.repository.ts';

export interface StreamCheck {
  code: string;
  /** Null: only a person can say so. */
  isMet: boolean | null;
}

/** What must be true before a device goes this way. */
export const checkStream = async (unit: UnitOfWork, deviceId: string, mode: StreamMode): Promise<StreamCheck[]> => {
  const device = await requireStream(unit, deviceId);
  const facts = await findStreamFacts(unit, deviceId);
  const named = { code: 'device-named', isMet: device.named_at !== null };
  if (mode === 'in-line') {
    return [
      named,
      { code: 'destination-set', isMet: facts.destinations > 0 },
      { code: 'destinations-up', isMet: facts.down === 0 },
      { code: 'modality-sends-here-only', isMet: null },
      { code: 'staff-told', isMet: null },
    ];
  }
  const nothingWaits = { code: 'nothing-waits', isMet: facts.held === 0 && facts.unsent === 0 };
  const way = mode === 'beside' ? 'pacs-gets-it-directly' : 'pacs-answers-queries';
  return [
    named,
    nothingWaits,
    { code: way, isMet: null },
    { code: 'destination-for-notes', isMet: facts.destinations > 0 },
    { code: 'staff-told', isMet: null },
  ];
};

/** One switch: how a device stands in the stream, and whether its patients ever wait. */
export const switchStream = async (
  unit: UnitOfWork,
  clock: Clock,
  by: AuditActor,
  deviceId: string,
  request: { mode: StreamMode; care: CareSetting; confirmed: readonly string[]; version: number },
): Promise<StreamRow> => {
  const before = await requireStream(unit, deviceId);
  if (before.mode !== request.mode) {
    const checks = await checkStream(unit, deviceId, request.mode);
    const open = checks.filter(
      ({ code, isMet }) => isMet === false || (isMet === null && !request.confirmed.includes(code)),
    );
    if (open.length > 0) throw new AppError('RELEASE_STREAM_NOT_READY', { open: open.map(({ code }) => code) });
  }
  const { mode, care, confirmed } = request;
  const values = { mode, care, changed_at: clock.now(), changed_by: by.accountId };
  if (before.version !== request.version || !(await saveStream(unit, deviceId, values, request.version)))
    throw new AppError('ORGANIZATION_STALE_VERSION', { version: before.version });
  await recordEntry(unit, by, {
    action: 'release.stream-switched',
    subjectKind: 'device',
    subjectId: deviceId,
    facts: { from: before.mode, mode, care, confirmed },
  });
  return requireStream(unit, deviceId);
};

export const requireStream = async (unit: UnitOfWork, deviceId: string): Promise<StreamRow> => {
  const stream = await findStream(unit, deviceId);
  if (!stream) throw new AppError('ORGANIZATION_NOT_FOUND');
  return stream;
};
