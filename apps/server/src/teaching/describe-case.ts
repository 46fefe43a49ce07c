import {
  teachingReportSchema,
  type TeachingCase,
  type TeachingCaseRow,
  type TeachingCollection,
} from '@jiapian/contract';
import { AppError } from '@jiapian/kernel';
import type { UnitOfWork } from '../platform/database.ts';
import { findCase, type ListedCase } from './cases.repository.ts';
import { findCollections, type CollectionRow } from './collections.repository.ts';
import { findDisplayName } from './display-name.repository.ts';
import { findObjects } from './objects.repository.ts';

export interface TeachingViewer {
  accountId: string;
  isManager: boolean;
}

/** Codes of the deductions, each once. */
export const defectsOf = (stored: unknown): string[] => [
  ...new Set((stored as readonly { code: string }[]).map(({ code }) => code)),
];

export const asCaseRow = (row: ListedCase): TeachingCaseRow => ({
  caseId: row.case_id,
  code: row.code,
  state: row.state,
  title: row.title,
  tags: row.tags,
  modality: row.modality,
  positionCode: row.position_code,
  laterality: row.laterality,
  grade: row.is_unanswered ? null : row.grade,
  defects: row.is_unanswered ? [] : defectsOf(row.defects),
  isFromMeeting: row.meeting_id !== null,
  imageCount: row.image_count,
  requestedAt: row.requested_at.toISOString(),
  version: row.version,
});

/** The case, if this person may see it: before it is confirmed only who manages the teaching file does. */
export const requireSeen = async (unit: UnitOfWork, viewer: TeachingViewer, caseId: string): Promise<ListedCase> => {
  const row = await findCase(unit, caseId, viewer.accountId);
  if (!row || (row.state !== 'confirmed' && !viewer.isManager))
    throw new AppError('TEACHING_CASE_NOT_FOUND', { caseId });
  return row;
};

/** Everything of a case; while it waits for an answer in the viewer's quiz, without what there is to find. */
export const describeCase = async (unit: UnitOfWork, viewer: TeachingViewer, caseId: string): Promise<TeachingCase> => {
  const row = await requireSeen(unit, viewer, caseId);
  const isHidden = row.is_unanswered;
  const report = teachingReportSchema.safeParse(row.report);
  return {
    ...asCaseRow(row),
    filmId: viewer.isManager && !isHidden ? row.film_id : null,
    title: isHidden ? '' : row.title,
    tags: isHidden ? [] : row.tags,
    explanation: isHidden ? '' : row.explanation,
    score: isHidden ? null : row.score,
    criteria: isHidden ? {} : (row.criteria as unknown as Record<string, string>),
    places: isHidden ? [] : (row.places as unknown as unknown[]),
    isUnanswered: isHidden,
    dates: row.dates,
    keepsCharacteristics: row.keeps_characteristics,
    masksCorners: row.masks_corners,
    regions: row.regions as unknown as TeachingCase['regions'],
    report: report.success ? report.data : null,
    confirmedByName: await findDisplayName(unit, row.confirmed_by),
    confirmedAt: row.confirmed_at?.toISOString() ?? null,
    images: (await findObjects(unit, caseId)).map((one) => ({
      number: one.number,
      rows: one.rows,
      columns: one.columns,
      numberOfFrames: one.number_of_frames,
      sizeBytes: one.size_bytes,
      sopInstanceUid: one.sop_instance_uid,
      sha256: one.sha256.toString('hex'),
    })),
    collections: (await findCollections(unit, caseId)).map(({ collection_id, name }) => ({
      collectionId: collection_id,
      name,
    })),
  };
};

export const asCollection = (row: CollectionRow): TeachingCollection => ({
  collectionId: row.collection_id,
  name: row.name,
  description: row.description,
  caseCount: row.case_count,
  createdAt: row.created_at.toISOString(),
});
