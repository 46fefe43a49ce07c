import type { Notice } from '@jiapian/contract';
import type { UnitOfWork } from '../platform/database.ts';
import type { Viewer } from './film-rows.repository.ts';
import { findNotices } from './notice.repository.ts';

const shownNotices = 50;

/** A person's notices, the newest first. */
export const describeNotices = async (
  unit: UnitOfWork,
  viewer: Viewer,
): Promise<{ items: Notice[]; unread: number }> => {
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
