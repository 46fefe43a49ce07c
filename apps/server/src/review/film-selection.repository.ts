import { DAY_MS } from '@jiapian/kernel';
import type { FilmQuery } from '@jiapian/contract';
import { dueSoonMinutes, repeatAfterDays } from '@jiapian/rules';
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
  isGraded: sql<number>`(film.state <> 'waiting')::int`,
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
  if (filter.list === 'not-sampled') narrowed = narrowed.where('film.state', '=', 'not-sampled');
  if (filter.list === 'late') {
    narrowed = narrowed.where('film.state', '=', 'graded').where('film.is_missed_review', '=', true);
  }
  if (filter.list === 'rejected') narrowed = narrowed.where('film.grade', '=', 'reject');
  if (filter.list === 'missed') {
    narrowed = narrowed.where('film.state', '=', 'waiting').where('film.is_missed_review', '=', true);
  }
  if (filter.list === 'due-soon') narrowed = narrowed.where(isDueSoon(viewer.now));
  if (filter.deviceId?.length) narrowed = narrowed.where('exam.device_id', 'in', filter.deviceId);
  if (filter.modality?.length) narrowed = narrowed.where('exam.modality', 'in', filter.modality);
  if (filter.grade?.length) narrowed = narrowed.where('film.grade', 'in', filter.grade);
  // A grade that is hidden in the row is not told by the filter either.
  if (filter.grade?.length || filter.list === 'rejected')
    narrowed = narrowed.where(sql<SqlBool>`not ${isGradeMasked(viewer)}`);
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

/**
 * Somebody still has to read the film blind, and this viewer has not read it, or is to read it again. As scalar
 * subqueries: an `exists` would be hashed over everything the viewer has ever read, for a page of fifty rows.
 */
export const isGradeMasked = (viewer: Viewer) => sql<boolean>`(coalesce((
  select bool_or(case when blind.kind = 'repeat'
    then blind.for_account = ${viewer.accountId}
      and blind.created_at <= ${new Date(viewer.now.getTime() - repeatAfterDays * DAY_MS)}
    else (select mine.reading_id from reading mine where mine.hospital_id = film.hospital_id
      and mine.film_id = film.film_id and mine.account_id = ${viewer.accountId} limit 1) is null end)
  from review_task blind where blind.hospital_id = film.hospital_id and blind.film_id = film.film_id
    and blind.state = 'open'), false)
  or (select judge.account_id from consultation_film sitting
    join consultation on consultation.hospital_id = sitting.hospital_id
      and consultation.consultation_id = sitting.consultation_id and consultation.state = 'judging'
    join consultation_judge judge on judge.hospital_id = sitting.hospital_id
      and judge.consultation_id = sitting.consultation_id and judge.account_id = ${viewer.accountId}
    where sitting.hospital_id = film.hospital_id and sitting.film_id = film.film_id and sitting.is_current
    limit 1) is not null
  or (select drawn.film_id from cross_check drawn where drawn.hospital_id = film.hospital_id
    and drawn.film_id = film.film_id and drawn.account_id = ${viewer.accountId} and drawn.state = 'open') is not null)`;

/** The film is the viewer's own, or of a trainee whose films count for them. */
export const isOwnFilm = (staffId: string | null) => sql<boolean>`coalesce(
  exam.technologist_id = ${staffId}::uuid
  or accountable_staff(film.hospital_id, exam.technologist_id, film.day) = ${staffId}::uuid, false)`;
