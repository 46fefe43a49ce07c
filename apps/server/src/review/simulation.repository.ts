import type { Grade } from '@jiapian/kernel';
import type { Mark } from '@jiapian/rules';
import type { UnitOfWork } from '../platform/database.ts';

/** The grade that counts of each film of these days, with all that made it. */
export const findCountingReadings = (
  unit: UnitOfWork,
  days: { from: string; to: string },
  page: { after: string | null; limit: number },
) =>
  unit.db
    .selectFrom('film')
    .innerJoin('reading', (join) =>
      join.onRef('reading.hospital_id', '=', 'film.hospital_id').onRef('reading.reading_id', '=', 'film.reading_id'),
    )
    .innerJoin('exam', (join) =>
      join.onRef('exam.hospital_id', '=', 'film.hospital_id').onRef('exam.exam_id', '=', 'film.exam_id'),
    )
    .leftJoin('device', (join) =>
      join.onRef('device.hospital_id', '=', 'exam.hospital_id').onRef('device.device_id', '=', 'exam.device_id'),
    )
    .select(({ ref }) => [
      'film.film_id',
      'film.position_code',
      'exam.device_id',
      'device.name as device_name',
      ref('reading.grade').$castTo<Grade>().as('grade'),
      ref('reading.marks').$castTo<Mark[]>().as('marks'),
      ref('reading.conditions_not_met').$castTo<string[]>().as('conditions_not_met'),
      'reading.override_reason',
    ])
    .where('film.hospital_id', '=', unit.hospitalId)
    .where('film.day', '>=', days.from)
    .where('film.day', '<=', days.to)
    .$if(page.after !== null, (query) => query.where('film.film_id', '>', page.after))
    .orderBy('film.film_id')
    .limit(page.limit)
    .execute();
