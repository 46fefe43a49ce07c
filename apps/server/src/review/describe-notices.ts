import { DAY_MS } from '@jiapian/kernel';
import type { Notice } from '@jiapian/contract';
import type { UnitOfWork } from '../platform/database.ts';
import type { Viewer } from './film-rows.repository.ts';
import { localDay } from './make-films.ts';
import { findNotices, insertDigest } from './notice.repository.ts';
import { findTimeZone } from './own-films.repository.ts';

const shownNotices = 50;

/** A person's notices, the newest first; yesterday's digest is made at the first look of the day. */
export const describeNotices = async (
  unit: UnitOfWork,
  viewer: Viewer,
): Promise<{ items: Notice[]; unread: number }> => {
  if (viewer.staffId !== null) {
    const yesterday = localDay(new Date(viewer.now.getTime() - DAY_MS), await findTimeZone(unit));
    await insertDigest(unit, { accountId: viewer.accountId, staffId: viewer.staffId, day: yesterday, at: viewer.now });
  }
  const rows = await findNotices(unit, viewer.accountId, shownNotices);
  return {
    items: rows.map((row) => ({
      noticeId: row.notice_id,
      kind: row.kind,
      filmId: row.film_id,
      facts: row.facts as Notice['facts'],
      at: row.at.toISOString(),
      readAt: row.read_at?.toISOString() ?? null,
    })),
    unread: rows.filter((row) => row.read_at === null).length,
  };
};
