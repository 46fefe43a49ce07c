import { filmDetailSchema, readingDraftSchema, type FilmDetail, type Reading } from '@jiapian/contract';
import type { HeaderFacts } from '@jiapian/dicom';
import { AppError } from '@jiapian/kernel';
import type { z } from 'zod';
import type { UnitOfWork } from '../platform/database.ts';
import { currentStandard } from '../standards/index.ts';
import { findFilmRow, type Viewer } from './film-rows.ts';
import { findDraft, findReadings, type ReadingRow } from './review.repository.ts';

/** A stack longer than this is cut for the workstation; the exam page shows the rest. */
const MAX_IMAGES = 2000;

type FilmImages = z.infer<typeof filmDetailSchema>['images'];

/** Everything the workstation shows of one film. People and earlier grades stay masked until it has been graded. */
export const describeFilm = async (unit: UnitOfWork, viewer: Viewer, filmId: string): Promise<FilmDetail> => {
  const film = await findFilmRow(unit, viewer, filmId);
  if (!film) throw new AppError('REVIEW_FILM_NOT_FOUND');
  const images = await findImages(unit, film.examId, film.sopInstanceUid);
  const first = await findFacts(unit, film.coverSopInstanceUid);
  const draft = await findDraft(unit, filmId, viewer.accountId);
  const parsedDraft = readingDraftSchema.safeParse(draft?.content);
  const isOpen = film.state === 'graded' || film.isOwn;
  return {
    film,
    exposure: exposureOf(first),
    headerFacts: headerFactsOf(first),
    images,
    standard: await currentStandard(unit, viewer.now),
    draft: parsedDraft.success ? parsedDraft.data : null,
    readings: isOpen ? (await findReadings(unit, filmId)).map((row) => asReading(row, viewer.accountId)) : [],
    technologistName: isOpen ? await findTechnologist(unit, film.examId) : null,
  };
};

const findImages = async (unit: UnitOfWork, examId: string, only: string | null): Promise<FilmImages> => {
  let query = unit.db
    .selectFrom('instance')
    .innerJoin('series', (join) =>
      join
        .onRef('series.hospital_id', '=', 'instance.hospital_id')
        .onRef('series.exam_id', '=', 'instance.exam_id')
        .onRef('series.series_instance_uid', '=', 'instance.series_instance_uid'),
    )
    .select([
      'instance.sop_instance_uid',
      'instance.series_instance_uid',
      'instance.instance_number',
      'instance.facts',
      'series.description',
    ])
    .where('instance.hospital_id', '=', unit.hospitalId)
    .where('instance.exam_id', '=', examId)
    .where('instance.is_image', '=', true);
  if (only !== null) query = query.where('instance.sop_instance_uid', '=', only);
  const rows = await query
    .orderBy('series.series_number')
    .orderBy('instance.series_instance_uid')
    .orderBy('instance.instance_number')
    .orderBy('instance.sop_instance_uid')
    .limit(MAX_IMAGES)
    .execute();
  return rows.map((row) => {
    const facts = row.facts as Partial<HeaderFacts>;
    return {
      sopInstanceUid: row.sop_instance_uid,
      seriesInstanceUid: row.series_instance_uid,
      seriesDescription: row.description,
      instanceNumber: row.instance_number,
      numberOfFrames: facts.numberOfFrames ?? 1,
      rows: facts.rows ?? 0,
      columns: facts.columns ?? 0,
    };
  });
};

const findFacts = async (unit: UnitOfWork, sopInstanceUid: string | null): Promise<Partial<HeaderFacts>> => {
  if (sopInstanceUid === null) return {};
  const row = await unit.db
    .selectFrom('instance')
    .select('facts')
    .where('hospital_id', '=', unit.hospitalId)
    .where('sop_instance_uid', '=', sopInstanceUid)
    .executeTakeFirst();
  return (row?.facts ?? {}) as Partial<HeaderFacts>;
};

const findTechnologist = async (unit: UnitOfWork, examId: string): Promise<string | null> => {
  const row = await unit.db
    .selectFrom('exam')
    .leftJoin('staff', (join) =>
      join.onRef('staff.hospital_id', '=', 'exam.hospital_id').onRef('staff.staff_id', '=', 'exam.technologist_id'),
    )
    .select(['staff.name', 'exam.operator_name'])
    .where('exam.hospital_id', '=', unit.hospitalId)
    .where('exam.exam_id', '=', examId)
    .executeTakeFirst();
  return row?.name ?? (row?.operator_name || null);
};

/** The exposure facts of the score sheet, by the names of the command-line contract, and where the header has them. */
const exposureSources = {
  tubeVoltageKv: 'kvp',
  tubeCurrentMa: 'tubeCurrentMa',
  exposureMas: 'exposureMas',
  exposureTimeMs: 'exposureTimeMs',
  exposureIndex: 'exposureIndex',
  targetExposureIndex: 'targetExposureIndex',
  deviationIndex: 'deviationIndex',
  doseAreaProductDgyCm2: 'doseAreaProductDgyCm2',
  distanceSourceToDetectorMm: 'distanceSourceToDetectorMm',
  exposureControlMode: 'exposureControlMode',
  sliceThicknessMm: 'sliceThicknessMm',
  ctdiVolMgy: 'ctdiVolMgy',
  convolutionKernel: 'convolutionKernel',
  magneticFieldStrengthT: 'magneticFieldStrengthT',
  repetitionTimeMs: 'repetitionTimeMs',
  echoTimeMs: 'echoTimeMs',
} as const satisfies Record<string, keyof HeaderFacts>;

const exposureOf = (facts: Partial<HeaderFacts>): FilmDetail['exposure'] =>
  Object.fromEntries(Object.entries(exposureSources).map(([name, key]) => [name, facts[key] ?? null]));

const MAX_FACT_LENGTH = 200;

/** Every plain fact of the header but who the patient and the operator are. */
const headerFactsOf = (facts: Partial<HeaderFacts>): FilmDetail['headerFacts'] =>
  Object.entries(facts)
    .filter(([key, value]) => !/^(patient|operator|issuer)/.test(key) && ['string', 'number'].includes(typeof value))
    .map(([keyword, value]) => ({ keyword, value: String(value).slice(0, MAX_FACT_LENGTH) }));

export const asReading = (row: ReadingRow, accountId: string): Reading => ({
  readingId: row.reading_id,
  act: row.act,
  at: row.at.toISOString(),
  readerName: row.reader_name,
  isMine: row.account_id === accountId,
  standardId: row.standard_id,
  standardVersion: row.standard_version,
  marks: row.marks as unknown as Reading['marks'],
  conditionsNotMet: row.conditions_not_met as unknown as string[],
  score: row.score,
  grade: row.grade,
  gradeByScore: row.grade_by_score as Reading['gradeByScore'],
  gradeByCap: row.grade_by_cap as Reading['gradeByCap'],
  gradeByConditions: row.grade_by_conditions as Reading['gradeByConditions'],
  decidedBy: row.decided_by,
  overrideReason: row.override_reason,
  rejectReasonCode: row.reject_reason_code,
  note: row.note,
  places: row.places as unknown as Reading['places'],
  isLate: row.is_late,
});
