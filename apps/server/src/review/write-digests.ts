import { DAY_MS, type Clock } from '@jiapian/kernel';
import type { Database, UnitOfWork } from '../platform/database.ts';
import { forEachHospital } from '../platform/each-hospital.ts';
import type { LiveEvents } from '../platform/live-events.ts';
import { findStaffAccounts, findWrittenDay, saveWrittenDay } from './digest.repository.ts';
import { localDay } from './make-films.ts';
import { insertDigest } from './notice.repository.ts';
import { findTimeZone } from './own-films.repository.ts';

/** Once the hospital's day has turned, everybody's notice of what was graded on the day before. */
export const writeDigests = ({
  database,
  clock,
  liveEvents,
}: {
  database: Database;
  clock: Clock;
  liveEvents: Pick<LiveEvents, 'publishWith'>;
}): Promise<void> =>
  forEachHospital(database, async (unit) => {
    if (await writeDigestsOf(unit, clock.now())) await liveEvents.publishWith(unit, 'notices.changed', {});
  });

/** False when the day's digests are there already. */
export const writeDigestsOf = async (unit: UnitOfWork, now: Date): Promise<boolean> => {
  const day = localDay(new Date(now.getTime() - DAY_MS), await findTimeZone(unit));
  const written = await findWrittenDay(unit);
  if (written !== null && written >= day) return false;
  for (const { account_id, staff_id } of await findStaffAccounts(unit))
    await insertDigest(unit, { accountId: account_id, staffId: staff_id, day, at: now });
  await saveWrittenDay(unit, day, now);
  return true;
};
