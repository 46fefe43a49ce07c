import type { FilmQuery, FilmRow } from '@jiapian/contract';
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
const selectFilms = (unit: UnitOfWork) =>
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

type FilmSelection = ReturnType<typeof selectFilms>;

/** Unread first, then by the moment the gate opens by itself, then in order of arrival. */
const orderOf = {
  isGraded: sql<number>`(film.state = 'graded')::int`,
  due: sql<Date>`coalesce(case when gate.state = 'held' then gate.hold_until end, 'infinity')`,
};

const filtered = (query: FilmSelection, filter: Omit<FilmQuery, 'cursor' | 'limit'>, viewer: Viewer): FilmSelection => {
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

const isDueSoon = (now: Date) =>
  sql<SqlBool>`film.state = 'waiting' and gate.state = 'held'
    and gate.hold_until <= ${new Date(now.getTime() + dueSoonMinutes * 60_000)}`;

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
  'exam.technologist_id',
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

/** The middle image of an exam stands for it in lists; a radiograph stands for itself. */
const coverColumn = sql<string | null>`coalesce(film.sop_instance_uid, (
  select instance.sop_instance_uid from instance
  where instance.hospital_id = film.hospital_id and instance.exam_id = film.exam_id and instance.is_image
  order by instance.series_instance_uid, instance.instance_number
  offset (exam.instance_count / 2) limit 1))`;

const selectRow = (query: FilmSelection) =>
  query.select(columns).select([
    coverColumn.as('cover_sop_instance_uid'),
    orderOf.isGraded.as('is_graded'),
    sql<string>`(${orderOf.due})::text`.as('due'),
    // A date of JavaScript holds milliseconds, the column microseconds: the cursor needs them all.
    sql<string>`film.created_at::text`.as('created_text'),
  ]);

type SelectedFilm = Awaited<ReturnType<ReturnType<typeof selectRow>['executeTakeFirstOrThrow']>>;

/** One page of the queue, and where the next begins. */
export const findFilmRows = async (
  unit: UnitOfWork,
  viewer: Viewer,
  { cursor, limit, ...filter }: FilmQuery,
): Promise<{ items: FilmRow[]; nextCursor: string | null }> => {
  let query = selectRow(filtered(selectFilms(unit), filter, viewer));
  if (cursor !== undefined) query = query.where(isAfter(cursor));
  const rows = await query
    .orderBy(orderOf.isGraded)
    .orderBy(orderOf.due)
    .orderBy('film.created_at')
    .orderBy('film.film_id')
    .limit(limit + 1)
    .execute();
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map((row) => asFilmRow(row, viewer)),
    nextCursor: rows.length > limit && last ? cursorOf(last) : null,
  };
};

const cursorOf = (row: Pick<SelectedFilm, 'is_graded' | 'due' | 'created_text' | 'film_id'>): string =>
  Buffer.from(JSON.stringify([row.is_graded, row.due, row.created_text, row.film_id])).toString('base64url');

const isAfter = (cursor: string) => {
  const [isGraded, due, createdAt, filmId] = parseCursor(cursor);
  return sql<SqlBool>`(${orderOf.isGraded}, ${orderOf.due}, film.created_at, film.film_id)
    > (${isGraded}::int, ${due}::timestamptz, ${createdAt}::timestamptz, ${filmId}::uuid)`;
};

const parseCursor = (cursor: string): string[] => {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(parts) && parts.length === 4) return parts.map(String);
  } catch {
    // Falls through: a cursor that was not made here starts the list again.
  }
  return ['-1', '-infinity', '1970-01-01T00:00:00Z', '00000000-0000-0000-0000-000000000000'];
};

/**
 * Films that the viewer may grade and nobody else holds, in the order of the queue from the given film on, and then
 * from its beginning; as many as asked for, whatever the length of the queue.
 */
export const findFilmsAhead = async (
  unit: UnitOfWork,
  viewer: Viewer,
  filter: Omit<FilmQuery, 'cursor' | 'limit'>,
  from: { filmId: string; count: number },
): Promise<string[]> => {
  const own = viewer.staffId ?? '00000000-0000-0000-0000-000000000000';
  const free = filtered(selectFilms(unit), filter, viewer)
    .select('film.film_id')
    .where('film.film_id', '<>', from.filmId)
    .where(sql<SqlBool>`exam.technologist_id is distinct from ${own}::uuid`)
    .where(
      sql<SqlBool>`(film_lock.account_id is null or film_lock.account_id = ${viewer.accountId}
        or film_lock.expires_at <= ${viewer.now})`,
    )
    .orderBy(orderOf.isGraded)
    .orderBy(orderOf.due)
    .orderBy('film.created_at')
    .orderBy('film.film_id')
    .limit(from.count);
  const current = await selectFilms(unit)
    .select(['film.film_id', orderOf.isGraded.as('is_graded'), sql<string>`(${orderOf.due})::text`.as('due')])
    .select(sql<string>`film.created_at::text`.as('created_text'))
    .where('film.film_id', '=', from.filmId)
    .executeTakeFirst();
  const behind = current ? await free.where(isAfter(cursorOf(current))).execute() : [];
  const missing = from.count - behind.length;
  const before = missing > 0 ? await free.limit(missing + behind.length).execute() : [];
  const ids = [...behind, ...before].map((row) => row.film_id);
  return [...new Set(ids)].slice(0, from.count);
};

export const findFilmRow = async (unit: UnitOfWork, viewer: Viewer, filmId: string): Promise<FilmRow | undefined> => {
  const row = await selectRow(selectFilms(unit)).where('film.film_id', '=', filmId).executeTakeFirst();
  return row && asFilmRow(row, viewer);
};

/** Counts by state over the whole filter, not only the page. */
export const countFilms = async (unit: UnitOfWork, viewer: Viewer, filter: Omit<FilmQuery, 'cursor' | 'limit'>) => {
  const counted = await filtered(selectFilms(unit), { ...filter, list: 'all' }, viewer)
    .select([
      sql<number>`count(*)`.as('total'),
      sql<number>`count(*) filter (where film.state = 'waiting')`.as('waiting'),
      sql<number>`count(*) filter (where film.state = 'waiting' and film.is_missed_review)`.as('missed'),
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

const asFilmRow = (row: SelectedFilm, viewer: Viewer): FilmRow => ({
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
  priority: row.priority,
  state: row.state === 'graded' ? 'graded' : 'waiting',
  isMissedReview: row.is_missed_review,
  isOwn: viewer.staffId !== null && row.technologist_id === viewer.staffId,
  grade: row.grade,
  score: row.score,
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
