import type { Appeal } from '@jiapian/contract';
import type { AppealState } from '@jiapian/rules';
import type { Grade } from '@jiapian/kernel';
import type { UnitOfWork } from '../platform/database.ts';

/** False when this grade was appealed before. */
export const insertAppeal = async (
  unit: UnitOfWork,
  appeal: {
    appealId: string;
    filmId: string;
    readingId: string;
    accountId: string;
    reason: string;
    at: Date;
    grade: Grade;
    score: number | null;
  },
): Promise<boolean> => {
  const inserted = await unit.db
    .insertInto('appeal')
    .values({
      hospital_id: unit.hospitalId,
      appeal_id: appeal.appealId,
      film_id: appeal.filmId,
      reading_id: appeal.readingId,
      account_id: appeal.accountId,
      reason: appeal.reason,
      opened_at: appeal.at,
      grade_before: appeal.grade,
      score_before: appeal.score,
    })
    .onConflict((conflict) => conflict.columns(['hospital_id', 'reading_id']).doNothing())
    .returning('appeal_id')
    .executeTakeFirst();
  return inserted !== undefined;
};

export const lockAppeal = (unit: UnitOfWork, appealId: string) =>
  unit.db
    .selectFrom('appeal')
    .selectAll()
    .where('hospital_id', '=', unit.hospitalId)
    .where('appeal_id', '=', appealId)
    .forUpdate()
    .executeTakeFirst();

export const closeAppeal = async (
  unit: UnitOfWork,
  appealId: string,
  closed: { state: AppealState; at: Date; grade: Grade | null; score: number | null; readingId: string | null },
): Promise<void> => {
  await unit.db
    .updateTable('appeal')
    .set({
      state: closed.state,
      closed_at: closed.at,
      grade_after: closed.grade,
      score_after: closed.score,
      decided_by_reading: closed.readingId,
    })
    .where('hospital_id', '=', unit.hospitalId)
    .where('appeal_id', '=', appealId)
    .execute();
};

/** The newest appeal of each film, with the deciding reader's words. */
export const findAppeals = async (unit: UnitOfWork, filmIds: readonly string[]): Promise<Map<string, Appeal>> => {
  if (filmIds.length === 0) return new Map();
  const rows = await unit.db
    .selectFrom('appeal')
    .leftJoin('reading', (join) =>
      join
        .onRef('reading.hospital_id', '=', 'appeal.hospital_id')
        .onRef('reading.reading_id', '=', 'appeal.decided_by_reading'),
    )
    .selectAll('appeal')
    .select('reading.note')
    .where('appeal.hospital_id', '=', unit.hospitalId)
    .where('appeal.film_id', 'in', filmIds)
    .orderBy('appeal.opened_at')
    .execute();
  return new Map(
    rows.map((row) => [
      row.film_id,
      {
        appealId: row.appeal_id,
        filmId: row.film_id,
        readingId: row.reading_id,
        state: row.state,
        reason: row.reason,
        openedAt: row.opened_at.toISOString(),
        closedAt: row.closed_at?.toISOString() ?? null,
        gradeBefore: row.grade_before as Grade,
        scoreBefore: row.score_before,
        gradeAfter: row.grade_after as Grade | null,
        scoreAfter: row.score_after,
        answer: row.note,
      },
    ]),
  );
};
