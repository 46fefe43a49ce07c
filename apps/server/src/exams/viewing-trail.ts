import { recordEntry, type AuditActor } from '../audit/index.ts';
import type { UnitOfWork } from '../platform/database.ts';

/** A person's working day: looking at the same exam again within it is the same look. */
const sameLookMs = 8 * 60 * 60 * 1000;
const maxRemembered = 20_000;
const lastLooks = new Map<string, number>();

/** Puts looking at the images of an exam on the trail: once per person and exam, not once per frame. */
export const recordViewing = async (unit: UnitOfWork, by: AuditActor, examId: string, now: Date): Promise<void> => {
  const key = `${unit.hospitalId} ${by.accountId ?? by.actor} ${examId}`;
  const before = lastLooks.get(key);
  if (before !== undefined && now.getTime() - before < sameLookMs) return;
  await recordEntry(unit, by, { action: 'archive.read', subjectKind: 'exam', subjectId: examId });
  if (lastLooks.size >= maxRemembered) lastLooks.clear();
  lastLooks.set(key, now.getTime());
};
