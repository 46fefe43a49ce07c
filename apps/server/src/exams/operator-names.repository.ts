import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';
import { isBehind, rowsOf, type ListPage } from '../platform/list-page.ts';

/** The names that stand in headers since then, whom each is mapped to, and in how many exams it stands. */
export const findOperatorNames = (unit: UnitOfWork, since: Date, page: ListPage) =>
  unit.db
    .selectFrom('exam')
    .leftJoin('operator_alias', (join) =>
      join
        .onRef('operator_alias.hospital_id', '=', 'exam.hospital_id')
        .onRef('operator_alias.operator_name', '=', 'exam.operator_name'),
    )
    .select(({ fn }) => ['exam.operator_name', 'operator_alias.staff_id', fn.countAll<number>().as('exam_count')])
    .where('exam.hospital_id', '=', unit.hospitalId)
    .where('exam.exam_at', '>=', since)
    .where('exam.operator_name', '<>', '')
    .where(isBehind('exam.operator_name', 'exam.operator_name', page))
    .groupBy(['exam.operator_name', 'operator_alias.staff_id'])
    .orderBy(sql`exam.operator_name`)
    .limit(rowsOf(page))
    .execute();
