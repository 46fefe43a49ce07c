import type { FilmQuery } from '@jiapian/contract';
import { dueSoonMinutes } from '@jiapian/rules';
import { sql, type SqlBool } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';

/** Who looks: own films and own locks are marked for them. */
export interface Viewer {
  accountId: string;
  staffId: string | null;
  now: Date;
}

/** Films with what a list shows of them; people stay out of it, masked by construction. */
export const selectFilms = (unit: UnitOfWork) =>
  unit.db
    .selectFrom('film')
    .innerJoin('exam', (join) =>
      join.onRef('exam.hospital_id', '=', 'film.hospital_id').onRef('exam.exam_id', '=', 'film.exam_id'),
    )
    .innerJoin('patient', (join) =>
      join.onRef('patient.hospital_id', '=', 'exam.hospital_id').onRef('patient.patient_id', '=', 'exam.patient_id'),
    )
    .leftJoin('device', (join) =>
      join.onRef('device.hospital_id', '=', 'exam.hospital_id').onRef('device.device_id', '=', 'exam.device_id'),
    )
    .leftJoin('room', (join) =>
      join.onRef('room.hospital_id', '=', 'device.hospital_id').onRef('room.room_id', '=', 'device.room_id'),
    )
    .leftJoin('gate', (join) =>
      join.onRef('gate.hospital_id', '=', 'exam.hospital_id').onRef('gate.exam_id', '=', 'exam.exam_id'),
    )
    .leftJoin('film_lock', (join) =>
      join.onRef('film_lock.hospital_id', '=', 'film.hospital_id').onRef('film_lock.film_id', '=', 'film.film_id'),
    )
    .leftJoin('account as holder', (join) =>
      join
        .onRef('holder.hospital_id', '=', 'film_lock.hospital_id')
        .onRef('holder.account_id', '=', 'film_lock.account_id'),
    )
    .where('film.hospital_id', '=', unit.hospitalId);

export type FilmSelection = ReturnType<typeof selectFilms>;

/** Unread first, then by the moment the gate opens by itself, then in order of arrival. */
export const orderOf = {
  isGraded: sql<number>`(film.state = 'graded')::int`,
  due: sql<Date>`coalesce(case when gate.state = 'held' then gate.hold_until end, 'infinity')`,
};

export const filtered = (
  query: FilmSelection,
  filter: Omit<FilmQuery, 'cursor' | 'limit'>,
  viewer: Viewer,
): FilmSelection => {
  let narrowed = query;
  // What left unread stays in the queue whatever its day.
  if (filter.examId !== undefined) narrowed = narrowed.where('film.exam_id', '=', filter.examId);
  else if (filter.day !== undefined && filter.list !== 'missed') {
    narrowed = narrowed.where('film.day', '=', filter.day);
  }
  if (filter.list === 'waiting') narrowed = narrowed.where('film.state', '=', 'waiting');
  if (filter.list === 'graded') narrowed = narrowed.where('film.state', '=', 'graded');
  if (filter.list === 'rejected') narrowed = narrowed.where('film.grade', '=', 'reject');
  if (filter.list === 'missed') {
    narrowed = narrowed.where('film.state', '=', 'waiting').where('film.is_missed_review', '=', true);
  }
  if (filter.list === 'due-soon') narrowed = narrowed.where(isDueSoon(viewer.now));
  if (filter.deviceId?.length) narrowed = narrowed.where('exam.device_id', 'in', filter.deviceId);
  if (filter.modality?.length) narrowed = narrowed.where('exam.modality', 'in', filter.modality);
  if (filter.grade?.length) narrowed = narrowed.where('film.grade', 'in', filter.grade);
  if (filter.position?.length) narrowed = narrowed.where('film.position_code', 'in', filter.position);
  if (filter.text) {
    const pattern = `%${filter.text.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
    narrowed = narrowed.where('exam.search_text', 'like', pattern);
  }
  return narrowed;
};

export const isDueSoon = (now: Date) =>
  sql<SqlBool>`film.state = 'waiting' and gate.state = 'held'
    and gate.hold_until <= ${new Date(now.getTime() + dueSoonMinutes * 60_000)}`;
