import type { TeachingCaseQuery, TeachingReport } from '@jiapian/contract';
import type { PictureRegion, TeachingCaseState } from '@jiapian/rules';
import { sql, type RawBuilder } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';
import { rowsOf, type ListPage } from '../platform/list-page.ts';
import type { SourceFilm } from './source-film.repository.ts';

export interface Cleaning {
  dates: 'removed' | 'moved';
  keepsCharacteristics: boolean;
  masksCorners: boolean;
  regions: readonly PictureRegion[];
}

export interface NewCase {
  caseId: string;
  code: string;
  meetingId: string | null;
  words: { title: string; explanation: string; tags: readonly string[] };
  cleaning: Cleaning;
  requestedBy: string | null;
  at: Date;
}

export const insertCase = async (
  unit: UnitOfWork,
  film: SourceFilm & { grade: NonNullable<SourceFilm['grade']> },
  one: NewCase,
): Promise<void> => {
  await unit.db
    .insertInto('teaching_case')
    .values({
      hospital_id: unit.hospitalId,
      case_id: one.caseId,
      code: one.code,
      film_id: film.film_id,
      meeting_id: one.meetingId,
      title: one.words.title,
      explanation: one.words.explanation,
      tags: [...one.words.tags],
      modality: film.modality,
      position_code: film.position_code,
      laterality: film.laterality,
      grade: film.grade,
      score: film.score,
      defects: JSON.stringify(film.marks ?? []),
      criteria: JSON.stringify(film.criteria ?? {}),
      places: JSON.stringify(film.places ?? []),
      standard_id: film.standard_id,
      standard_version: film.standard_version,
      dates: one.cleaning.dates,
      keeps_characteristics: one.cleaning.keepsCharacteristics,
      masks_corners: one.cleaning.masksCorners,
      regions: JSON.stringify(one.cleaning.regions),
      requested_by: one.requestedBy,
      requested_at: one.at,
    })
    .execute();
};

export const lockCase = (unit: UnitOfWork, caseId: string) =>
  unit.db
    .selectFrom('teaching_case')
    .selectAll()
    .where('hospital_id', '=', unit.hospitalId)
    .where('case_id', '=', caseId)
    .forUpdate()
    .executeTakeFirst();
export type StoredCase = NonNullable<Awaited<ReturnType<typeof lockCase>>>;

interface CaseChange {
  state?: TeachingCaseState;
  words?: NewCase['words'];
  cleaning?: Cleaning;
  report?: TeachingReport | null;
  preparedAt?: Date;
  confirmed?: { by: string; at: Date };
}

/** Each change makes the next version. */
export const updateCase = async (unit: UnitOfWork, caseId: string, change: CaseChange): Promise<void> => {
  const { words, cleaning, confirmed, report } = change;
  await unit.db
    .updateTable('teaching_case')
    .set({
      version: sql<number>`version + 1`,
      ...(change.state === undefined ? {} : { state: change.state }),
      ...(words === undefined ? {} : { title: words.title, explanation: words.explanation, tags: [...words.tags] }),
      ...(cleaning === undefined
        ? {}
        : {
            dates: cleaning.dates,
            keeps_characteristics: cleaning.keepsCharacteristics,
            masks_corners: cleaning.masksCorners,
            regions: JSON.stringify(cleaning.regions),
          }),
      ...(report === undefined ? {} : { report: report === null ? null : JSON.stringify(report) }),
      ...(change.preparedAt === undefined ? {} : { prepared_at: change.preparedAt }),
      ...(confirmed === undefined ? {} : { confirmed_by: confirmed.by, confirmed_at: confirmed.at }),
    })
    .where('hospital_id', '=', unit.hospitalId)
    .where('case_id', '=', caseId)
    .execute();
};

/** The oldest case that waits for its files. */
export const findRequested = (unit: UnitOfWork) =>
  unit.db
    .selectFrom('teaching_case')
    .selectAll()
    .where('hospital_id', '=', unit.hospitalId)
    .where('state', '=', 'requested')
    .orderBy('requested_at')
    .limit(1)
    .executeTakeFirst();

/** Cases with how many images each has, and whether this account has it unanswered in an open quiz. */
const listed = (accountId: string): RawBuilder<unknown> => sql`c.*, c.requested_at::text as requested_text,
  (select count(*)::integer from teaching_object o where o.hospital_id = c.hospital_id and o.case_id = c.case_id)
    as image_count,
  exists (select from teaching_attempt a where a.hospital_id = c.hospital_id and a.account_id = ${accountId}
    and a.finished_at is null and c.case_id = any(a.case_ids)
    and not exists (select from teaching_answer w where w.hospital_id = a.hospital_id
      and w.attempt_id = a.attempt_id and w.case_id = c.case_id)) as is_unanswered`;

export type ListedCase = StoredCase & { requested_text: string; image_count: number; is_unanswered: boolean };

export const findCase = async (
  { db, hospitalId }: UnitOfWork,
  caseId: string,
  accountId: string,
): Promise<ListedCase | undefined> => {
  const found = await sql<ListedCase>`select ${listed(accountId)} from teaching_case c
    where c.hospital_id = ${hospitalId} and c.case_id = ${caseId}`.execute(db);
  return found.rows[0];
};

/** Newest first; a filter by grade or defect does not tell those of a case that is still to be answered. */
export const findCases = async (
  { db, hospitalId }: UnitOfWork,
  filter: Omit<TeachingCaseQuery, 'cursor' | 'limit'>,
  viewer: { accountId: string; isManager: boolean },
  page: ListPage,
): Promise<ListedCase[]> => {
  const { text, grade, position, defect, tag, collectionId } = filter;
  const states = viewer.isManager ? filter.state : ['confirmed'];
  const pattern = `%${(text ?? '').toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
  const found = await sql<ListedCase>`select * from (select ${listed(viewer.accountId)} from teaching_case c
    where c.hospital_id = ${hospitalId}
      ${states === undefined ? sql`` : sql`and c.state = any(${states}::text[])`}
      ${text === undefined || text === '' ? sql`` : sql`and (lower(c.title || ' ' || c.code || ' ' || array_to_string(c.tags, ' ')) like ${pattern})`}
      ${position === undefined ? sql`` : sql`and c.position_code = ${position}`}
      ${tag === undefined ? sql`` : sql`and ${tag} = any(c.tags)`}
      ${collectionId === undefined ? sql`` : sql`and exists (select from teaching_collection_case m where m.hospital_id = c.hospital_id and m.case_id = c.case_id and m.collection_id = ${collectionId})`}
    ) c
    where ${page.after === null ? sql`true` : sql`(c.requested_at, c.case_id) < (${page.after[0]}::timestamptz, ${page.after[1]}::uuid)`}
      ${grade === undefined ? sql`` : sql`and c.grade = any(${grade}::text[]) and not c.is_unanswered`}
      ${defect === undefined ? sql`` : sql`and c.defects @> ${JSON.stringify([{ code: defect }])}::jsonb and not c.is_unanswered`}
    order by c.requested_at desc, c.case_id desc limit ${rowsOf(page)}`.execute(db);
  return found.rows;
};
