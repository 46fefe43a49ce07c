import type { FilmQuery, FilmRow } from '@jiapian/contract';
import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';
import {
  filtered,
  isDueSoon,
  isGradeMasked,
  isOwnFilm,
  orderOf,
  selectFilms,
  type FilmSelection,
  type Viewer,
} from './film-selection.repository.ts';

export type { Viewer } from './film-selection.repository.ts';

const columns = [
  'film.film_id',
  'film.exam_id',
  'film.kind',
  'film.sop_instance_uid',
  'film.day',
  'film.position_code',
  'film.laterality',
  'film.position_source',
  'film.state',
  'film.is_missed_review',
  'film.grade',
  'film.score',
  'film.version',
  'film.created_at',
  'exam.accession_number',
  'exam.modality',
  'exam.description',
  'exam.exam_at',
  'exam.priority',
  'exam.patient_age',
  'exam.device_id',
  'patient.name as patient_name',
  'patient.sex as patient_sex',
  'device.name as device_name',
  'room.name as room_name',
  'gate.state as gate_state',
  'gate.hold_until',
  'gate.released_at',
  'gate.release_reason',
  'film_lock.account_id as lock_account_id',
  'film_lock.taken_at as lock_taken_at',
  'film_lock.expires_at as lock_expires_at',
  'holder.display_name as lock_holder_name',
] as const;

/** A correction in force of the exam, of where the image came from, or of its side. */
const isCorrected = sql<boolean>`exists (
  select from correction c where c.hospital_id = film.hospital_id and c.state = 'in-force' and c.undoes is null
    and (c.exam_id = film.exam_id or c.target_exam_id = film.exam_id)
    and (cardinality(c.instance_uids) = 0 or film.sop_instance_uid is null
      or film.sop_instance_uid = any(c.instance_uids)))`;

/** The middle image of an exam stands for it in lists; a radiograph stands for itself. */
const coverColumn = sql<string | null>`coalesce(film.sop_instance_uid, (
  select instance.sop_instance_uid from instance
  where instance.hospital_id = film.hospital_id and instance.exam_id = film.exam_id and instance.is_image
  order by instance.series_instance_uid, instance.instance_number
  offset (exam.instance_count / 2) limit 1))`;

export const selectRow = (query: FilmSelection, viewer: Viewer) =>
  query.select(columns).select([
    coverColumn.as('cover_sop_instance_uid'),
    isCorrected.as('is_corrected'),
    orderOf.isGraded.as('is_graded'),
    isGradeMasked(viewer).as('is_grade_masked'),
    isOwnFilm(viewer.staffId).as('is_own'),
    sql<string>`(${orderOf.due})::text`.as('due'),
    // A date of JavaScript holds milliseconds, the column microseconds: the cursor needs them all.
    sql<string>`film.created_at::text`.as('created_text'),
  ]);

export type SelectedFilm = Awaited<ReturnType<ReturnType<typeof selectRow>['executeTakeFirstOrThrow']>>;

export const findFilmRow = async (unit: UnitOfWork, viewer: Viewer, filmId: string): Promise<FilmRow | undefined> => {
  const row = await selectRow(selectFilms(unit), viewer).where('film.film_id', '=', filmId).executeTakeFirst();
  return row && asFilmRow(row, viewer);
};

/** Counts by state over the whole filter, not only the page. */
export const countFilms = async (unit: UnitOfWork, viewer: Viewer, filter: Omit<FilmQuery, 'cursor' | 'limit'>) => {
  const counted = await filtered(selectFilms(unit), { ...filter, list: 'all' }, viewer)
    .select([
      sql<number>`count(*)`.as('total'),
      sql<number>`count(*) filter (where film.state = 'waiting')`.as('waiting'),
      sql<number>`count(*) filter (where film.state = 'waiting' and film.is_missed_review)`.as('missed'),
      sql<number>`count(*) filter (where film.state = 'graded' and film.is_missed_review)`.as('late'),
      sql<number>`count(*) filter (where film.state = 'not-sampled')`.as('notSampled'),
      sql<number>`count(*) filter (where film_lock.expires_at > ${viewer.now})`.as('inReview'),
      sql<number>`count(*) filter (where ${isDueSoon(viewer.now)})`.as('dueSoon'),
      sql<number>`count(*) filter (where film.grade = 'A')`.as('A'),
      sql<number>`count(*) filter (where film.grade = 'B')`.as('B'),
      sql<number>`count(*) filter (where film.grade = 'C')`.as('C'),
      sql<number>`count(*) filter (where film.grade = 'reject')`.as('reject'),
    ])
    .executeTakeFirstOrThrow();
  return counted;
};

export const asFilmRow = (row: SelectedFilm, viewer: Viewer): FilmRow => ({
  filmId: row.film_id,
  examId: row.exam_id,
  kind: row.kind,
  sopInstanceUid: row.sop_instance_uid,
  coverSopInstanceUid: row.cover_sop_instance_uid,
  day: row.day,
  accessionNumber: row.accession_number,
  patientName: row.patient_name,
  patientSex: row.patient_sex,
  patientAge: row.patient_age,
  modality: row.modality,
  description: row.description,
  positionCode: row.position_code,
  laterality: row.laterality,
  positionSource: row.position_source,
  deviceId: row.device_id,
  deviceName: row.device_name,
  roomName: row.room_name,
  examAt: row.exam_at.toISOString(),
  isCorrected: row.is_corrected,
  priority: row.priority,
  state: filmColumn(row.state),
  isMissedReview: row.is_missed_review,
  isOwn: row.is_own,
  isGradeMasked: row.is_grade_masked && !row.is_own,
  grade: row.is_grade_masked && !row.is_own ? null : row.grade,
  score: row.is_grade_masked && !row.is_own ? null : row.score,
  gateState: row.gate_state ?? 'none',
  holdUntil: row.hold_until?.toISOString() ?? null,
  releasedAt: row.released_at?.toISOString() ?? null,
  releaseReason: row.release_reason,
  lock: lockOf(row, viewer),
  version: row.version,
});

const lockOf = (row: SelectedFilm, viewer: Viewer): FilmRow['lock'] => {
  if (row.lock_account_id === null || row.lock_taken_at === null || row.lock_expires_at === null) return null;
  if (row.lock_expires_at <= viewer.now) return null;
  return {
    accountId: row.lock_account_id,
    holderName: row.lock_holder_name ?? '',
    takenAt: row.lock_taken_at.toISOString(),
    expiresAt: row.lock_expires_at.toISOString(),
    isMine: row.lock_account_id === viewer.accountId,
  };
};

/** The column holds what the table of film states writes, and nothing else. */
const filmColumn = (state: string): FilmRow['state'] =>
  state === 'graded' || state === 'not-sampled' ? state : 'waiting';
