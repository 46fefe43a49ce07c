import type { CorrectionKind } from '@jiapian/rules';
import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';
import { notifyWith } from '../platform/notify.ts';
import { AS_RECEIVED } from './copy.repository.ts';
import { forwardChannel } from './forward.repository.ts';

/** What archives have of these objects is settled until the transaction ends. */
export const lockForwardsOf = async (unit: UnitOfWork, instanceUids: readonly string[]): Promise<void> => {
  await sql`
    select forward_id from forward
    where hospital_id = ${unit.hospitalId} and sop_instance_uid = any(${[...instanceUids]}::text[])
    order by forward_id for update`.execute(unit.db);
};

/** Beside the stream the archives have everything already, as the device made it: it is written down before it changes. */
export const noteStreamCopies = async (
  unit: UnitOfWork,
  examId: string,
  instanceUids: readonly string[],
  at: Date,
): Promise<void> => {
  await sql`
    insert into forward (hospital_id, exam_id, sop_instance_uid, copy_id, destination_id, state, answer_code,
      queued_at, next_attempt_at, answered_at)
    select i.hospital_id, i.exam_id, i.sop_instance_uid, ${AS_RECEIVED}, d.destination_id, 'sent', 'stream',
      ${at}, ${at}, ${at}
    from exam e
    join device_stream s on s.hospital_id = e.hospital_id and s.device_id = e.device_id and s.mode <> 'in-line'
    join instance i on i.hospital_id = e.hospital_id and i.exam_id = e.exam_id
      and i.sop_instance_uid = any(${[...instanceUids]}::text[])
    join destination d on d.hospital_id = e.hospital_id and d.is_enabled
    where e.hospital_id = ${unit.hospitalId} and e.exam_id = ${examId}
      and not exists (select from forward f where f.hospital_id = i.hospital_id
        and f.sop_instance_uid = i.sop_instance_uid and f.destination_id = d.destination_id)
    on conflict do nothing`.execute(unit.db);
};

const isUnsent = sql`(f.state in ('queued', 'failed', 'refused', 'parked') and not f.is_doubtful)`;

/**
 * Copies that are not made like this any more are superseded, in the way of each archive; what had not left does not
 * leave. A copy that is made again as it was before stands again.
 */
export const supersedeCopies = async (
  unit: UnitOfWork,
  instanceUids: readonly string[],
  { kind, title }: { kind: CorrectionKind; title: 'worklist' | 'safety' },
): Promise<void> => {
  const { db, hospitalId } = unit;
  const recipe = kind === 'merge' ? sql`d.merge_recipe` : sql`d.correction_recipe`;
  await sql`
    update forward f set superseded = ${title},
      superseded_recipe = case when ${isUnsent} then 'follow' else ${recipe} end,
      state = case when f.state in ('queued', 'failed', 'refused', 'parked') then 'cancelled' else f.state end
    from instance i, destination d
    where f.hospital_id = ${hospitalId} and f.sop_instance_uid = any(${[...instanceUids]}::text[])
      and i.hospital_id = f.hospital_id and i.sop_instance_uid = f.sop_instance_uid and i.copy_id <> f.copy_id
      and d.hospital_id = f.hospital_id and d.destination_id = f.destination_id and f.superseded is null`.execute(db);
  await sql`
    update forward f set superseded = null, superseded_recipe = null, exam_id = i.exam_id
    from instance i
    where f.hospital_id = ${hospitalId} and f.sop_instance_uid = any(${[...instanceUids]}::text[])
      and i.hospital_id = f.hospital_id and i.sop_instance_uid = f.sop_instance_uid and i.copy_id = f.copy_id
      and f.superseded is not null`.execute(db);
};

/** The corrected copies go where an earlier copy is, or is just arriving, and the archive wants them. */
export const queueCorrectedCopies = async (
  unit: UnitOfWork,
  instanceUids: readonly string[],
  at: Date,
): Promise<void> => {
  await sql`
    insert into forward (hospital_id, exam_id, sop_instance_uid, copy_id, destination_id, queued_at, next_attempt_at)
    select i.hospital_id, i.exam_id, i.sop_instance_uid, i.copy_id, old.destination_id, ${at}, ${at}
    from instance i
    join (
      select f.hospital_id, f.sop_instance_uid, f.destination_id from forward f
      where f.hospital_id = ${unit.hospitalId} and f.sop_instance_uid = any(${[...instanceUids]}::text[])
        and f.superseded_recipe = 'follow'
        and (f.state in ('sent', 'unconfirmed', 'sending') or f.is_doubtful)
      group by 1, 2, 3
    ) old on old.hospital_id = i.hospital_id and old.sop_instance_uid = i.sop_instance_uid
    join destination d on d.hospital_id = i.hospital_id and d.destination_id = old.destination_id and d.is_enabled
    where not exists (select from film where film.hospital_id = i.hospital_id and film.exam_id = i.exam_id
      and film.grade = 'reject' and (film.kind = 'exam' or film.sop_instance_uid = i.sop_instance_uid))
    order by i.series_instance_uid, i.instance_number
    on conflict (hospital_id, destination_id, sop_instance_uid, copy_id) do update
      set state = 'queued', attempts = 0, next_attempt_at = excluded.next_attempt_at
      where forward.state = 'cancelled' and forward.superseded is null`.execute(unit.db);
  await notifyWith(unit, forwardChannel);
};

/** Whether an archive has, or may have, one of these objects under UIDs that such a copy would use again. */
export const isTakenElsewhere = async (
  unit: UnitOfWork,
  instanceUids: readonly string[],
  copy: { copyId: string; uidSalt: string | null },
): Promise<boolean> => {
  const rows = await sql<{ taken: boolean }>`
    select exists (select from forward f
      left join copy_version v on v.hospital_id = f.hospital_id and v.copy_id = f.copy_id
      where f.hospital_id = ${unit.hospitalId} and f.sop_instance_uid = any(${[...instanceUids]}::text[])
        and f.copy_id <> ${copy.copyId} and v.uid_salt is not distinct from ${copy.uidSalt}::uuid
        and (f.state in ('sent', 'unconfirmed', 'sending') or f.is_doubtful)) as taken`.execute(unit.db);
  return rows.rows[0]?.taken ?? false;
};

/** What each archive has of these objects, and its ways. */
export interface ArchiveOfObjects {
  destination_id: string;
  name: string;
  correction_recipe: 'follow' | 'note' | 'task';
  merge_recipe: 'follow' | 'note' | 'task' | 'none';
  reject_recipe: 'note' | 'task';
  is_down: boolean;
  there: number;
  /** Of them, those that are graded 废 and are not sent again. */
  rejected: number;
}

export const findArchivesOf = async (
  unit: UnitOfWork,
  examId: string,
  instanceUids: readonly string[],
): Promise<ArchiveOfObjects[]> => {
  const rows = await sql<ArchiveOfObjects>`
    select d.destination_id, d.name, d.correction_recipe, d.merge_recipe, d.reject_recipe,
      coalesce(c.state, 'closed') <> 'closed' as is_down,
      count(i.sop_instance_uid)::integer as there, count(film.film_id)::integer as rejected
    from destination d
    left join destination_circuit c on c.hospital_id = d.hospital_id and c.destination_id = d.destination_id
    left join instance i on i.hospital_id = d.hospital_id and i.sop_instance_uid = any(${[...instanceUids]}::text[])
      and (exists (select from forward f where f.hospital_id = i.hospital_id and f.destination_id = d.destination_id
          and f.sop_instance_uid = i.sop_instance_uid and f.superseded is null
          and (f.state in ('sent', 'unconfirmed', 'sending') or f.is_doubtful))
        or d.is_enabled and exists (select from exam e join device_stream s on s.hospital_id = e.hospital_id
            and s.device_id = e.device_id and s.mode <> 'in-line'
          where e.hospital_id = d.hospital_id and e.exam_id = ${examId}
            and not exists (select from forward f where f.hospital_id = i.hospital_id
              and f.destination_id = d.destination_id and f.sop_instance_uid = i.sop_instance_uid)))
    left join film on film.hospital_id = i.hospital_id and film.exam_id = i.exam_id and film.grade = 'reject'
      and (film.kind = 'exam' or film.sop_instance_uid = i.sop_instance_uid)
    where d.hospital_id = ${unit.hospitalId}
    group by d.hospital_id, d.destination_id, d.name, d.correction_recipe, d.merge_recipe, d.reject_recipe, c.state
    order by d.name, d.destination_id`.execute(unit.db);
  return rows.rows;
};

export const findCorrectionRecipes = (unit: UnitOfWork) =>
  unit.db
    .selectFrom('destination')
    .select(['destination_id', 'name', 'correction_recipe', 'merge_recipe'])
    .where('hospital_id', '=', unit.hospitalId)
    .orderBy('name')
    .orderBy('destination_id')
    .execute();

export const setCorrectionRecipe = async (
  unit: UnitOfWork,
  destinationId: string,
  recipe: { correction: 'follow' | 'note' | 'task'; merge: 'follow' | 'note' | 'task' | 'none' },
): Promise<boolean> => {
  const updated = await unit.db
    .updateTable('destination')
    .set((eb) => ({
      correction_recipe: recipe.correction,
      merge_recipe: recipe.merge,
      version: eb('version', '+', 1),
    }))
    .where('hospital_id', '=', unit.hospitalId)
    .where('destination_id', '=', destinationId)
    .executeTakeFirst();
  return updated.numUpdatedRows === 1n;
};
