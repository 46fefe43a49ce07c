import type { ReviewStandard } from '@jiapian/rules';
import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';
import { rowsOf, type ListPage } from '../platform/list-page.ts';

/** Content of the version in force at the moment, undefined before the first one. */
export const findCurrent = async (unit: UnitOfWork, at: Date): Promise<ReviewStandard | undefined> => {
  const row = await unit.db
    .selectFrom('review_standard')
    .select('content')
    .where('hospital_id', '=', unit.hospitalId)
    .where('effective_from', '<=', at)
    .orderBy('effective_from', 'desc')
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.content as ReviewStandard | undefined;
};

export const findVersion = async (unit: UnitOfWork, version: number): Promise<ReviewStandard | undefined> => {
  const row = await unit.db
    .selectFrom('review_standard')
    .select('content')
    .where('hospital_id', '=', unit.hospitalId)
    .where('version', '=', version)
    .executeTakeFirst();
  return row?.content as ReviewStandard | undefined;
};

/** A version with who published it, for whom, and what clock it goes by. */
export const findPublished = (unit: UnitOfWork, version: number) =>
  unit.db
    .selectFrom('review_standard')
    .innerJoin('hospital', 'hospital.hospital_id', 'review_standard.hospital_id')
    .leftJoin('account', (join) =>
      join
        .onRef('account.hospital_id', '=', 'review_standard.hospital_id')
        .onRef('account.account_id', '=', 'review_standard.published_by'),
    )
    .select(['content', 'effective_from', 'note', 'account.display_name', 'hospital.name', 'hospital.name_en'])
    .select('hospital.time_zone')
    .where('review_standard.hospital_id', '=', unit.hospitalId)
    .where('version', '=', version)
    .executeTakeFirst();

/** Newest first; the cursor of a page is the last version it showed. */
export const listVersions = (unit: UnitOfWork, { after, limit }: ListPage) =>
  unit.db
    .selectFrom('review_standard')
    .leftJoin('account', (join) =>
      join
        .onRef('account.hospital_id', '=', 'review_standard.hospital_id')
        .onRef('account.account_id', '=', 'review_standard.published_by'),
    )
    .select(['version', 'content', 'effective_from', 'published_at', 'note', 'account.display_name'])
    .where('review_standard.hospital_id', '=', unit.hospitalId)
    .$if(after !== null, (query) => query.where('version', '<', Number(after?.[1] ?? 0)))
    .orderBy('version', 'desc')
    .limit(rowsOf({ after, limit }))
    .execute();

/** One who publishes at a time per hospital, so that two drafts do not get one number; ends with the transaction. */
export const lockVersions = async (unit: UnitOfWork): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`standard:${unit.hospitalId}`}, 0))`.execute(unit.db);
};

export const lastVersion = async (unit: UnitOfWork): Promise<number> => {
  const row = await unit.db
    .selectFrom('review_standard')
    .select(({ fn }) => fn.max('version').as('version'))
    .where('hospital_id', '=', unit.hospitalId)
    .executeTakeFirst();
  return Number(row?.version ?? 0);
};

export const insertVersion = async (
  unit: UnitOfWork,
  standard: ReviewStandard,
  published: { effectiveFrom: Date; at: Date; by: string | null; note: string },
): Promise<void> => {
  await unit.db
    .insertInto('review_standard')
    .values({
      hospital_id: unit.hospitalId,
      standard_id: standard.id,
      version: standard.version,
      content: JSON.stringify(standard),
      effective_from: published.effectiveFrom,
      published_at: published.at,
      published_by: published.by,
      note: published.note,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
};

const draftsOf = (unit: UnitOfWork) =>
  unit.db
    .selectFrom('standard_draft')
    .leftJoin('account', (join) =>
      join
        .onRef('account.hospital_id', '=', 'standard_draft.hospital_id')
        .onRef('account.account_id', '=', 'standard_draft.changed_by'),
    )
    .select([
      'draft_id',
      'based_on_version',
      'content',
      'version',
      'changed_at',
      'published_version',
      'account.display_name',
    ])
    .where('standard_draft.hospital_id', '=', unit.hospitalId);

export type DraftRow = NonNullable<Awaited<ReturnType<typeof findDraft>>>;

export const findDraft = (unit: UnitOfWork, draftId: string) =>
  draftsOf(unit).where('draft_id', '=', draftId).executeTakeFirst();

/** Drafts nobody has published yet, the last changed first. */
export const listDrafts = (unit: UnitOfWork, limit: number) =>
  draftsOf(unit).where('published_version', 'is', null).orderBy('changed_at', 'desc').limit(limit).execute();

export const insertDraft = async (
  unit: UnitOfWork,
  draft: { draftId: string; basedOnVersion: number; content: ReviewStandard; at: Date; by: string | null },
): Promise<void> => {
  await unit.db
    .insertInto('standard_draft')
    .values({
      hospital_id: unit.hospitalId,
      draft_id: draft.draftId,
      based_on_version: draft.basedOnVersion,
      content: JSON.stringify(draft.content),
      created_at: draft.at,
      changed_at: draft.at,
      changed_by: draft.by,
    })
    .execute();
};

/** False when somebody else has changed or published it since `version`. */
export const updateDraft = async (
  unit: UnitOfWork,
  draft: { draftId: string; version: number; at: Date; by: string | null },
  change: { content: ReviewStandard } | { publishedVersion: number },
): Promise<boolean> => {
  const values =
    'content' in change ? { content: JSON.stringify(change.content) } : { published_version: change.publishedVersion };
  const updated = await unit.db
    .updateTable('standard_draft')
    .set({ ...values, version: sql`version + 1`, changed_at: draft.at, changed_by: draft.by })
    .where('hospital_id', '=', unit.hospitalId)
    .where('draft_id', '=', draft.draftId)
    .where('version', '=', draft.version)
    .where('published_version', 'is', null)
    .executeTakeFirst();
  return updated.numUpdatedRows === 1n;
};

/** False when there is no such unpublished draft. */
export const deleteDraft = async (unit: UnitOfWork, draftId: string): Promise<boolean> => {
  const deleted = await unit.db
    .deleteFrom('standard_draft')
    .where('hospital_id', '=', unit.hospitalId)
    .where('draft_id', '=', draftId)
    .where('published_version', 'is', null)
    .executeTakeFirst();
  return deleted.numDeletedRows === 1n;
};
