import { readingDraftSchema, type FilmDetail, type Reading } from '@jiapian/contract';
import type { HeaderFacts } from '@jiapian/dicom';
import { AppError } from '@jiapian/kernel';
import { examGradeOf, type ReviewStandard, type RollUpRule } from '@jiapian/rules';
import type { UnitOfWork } from '../platform/database.ts';
import { currentStandard } from '../standards/index.ts';
import { findCompanions, findFacts, findImages, findTechnologist } from './describe-film.repository.ts';
import { findCtDose } from './film-context.repository.ts';
import { findFilmRow, type Viewer } from './film-rows.repository.ts';
import { findDraft, findGradesOfExam, findReadings, type ReadingRow } from './review.repository.ts';
import { policyInForce } from './review-policy.ts';

/** Everything the workstation shows of one film. People and earlier grades stay masked until it has been graded. */
export const describeFilm = async (unit: UnitOfWork, viewer: Viewer, filmId: string): Promise<FilmDetail> => {
  const film = await findFilmRow(unit, viewer, filmId);
  if (!film) throw new AppError('REVIEW_FILM_NOT_FOUND');
  const images = await findImages(unit, film.examId, film.sopInstanceUid);
  const companions = film.sopInstanceUid === null ? [] : await findCompanions(unit, film.examId, film.sopInstanceUid);
  const first = await findFacts(unit, film.coverSopInstanceUid);
  const draft = await findDraft(unit, filmId, viewer.accountId);
  const parsedDraft = readingDraftSchema.safeParse(draft?.content);
  const isOpen = (film.state === 'graded' && !film.isGradeMasked) || film.isOwn;
  const standard = await currentStandard(unit, viewer.now);
  const { rollUp } = (await policyInForce(unit, viewer.now)).content;
  return {
    film,
    exposure:
      film.modality === 'CT' ? withReported(exposureOf(first), await findCtDose(unit, film.examId)) : exposureOf(first),
    headerFacts: headerFactsOf(first),
    images,
    companions,
    standard,
    draft: parsedDraft.success ? parsedDraft.data : null,
    readings: isOpen ? (await findReadings(unit, filmId)).map((row) => asReading(row, viewer.accountId)) : [],
    technologistName: isOpen ? await findTechnologist(unit, film.examId) : null,
    examGrade: rollUpExam(await findGradesOfExam(unit, film.examId), rollUp, standard, isOpen),
    task: null,
  };
};

/** The exam's grade from its films; hidden with theirs while the film on the screen is masked. */
const rollUpExam = (
  films: Awaited<ReturnType<typeof findGradesOfExam>>,
  rule: RollUpRule,
  { scale }: ReviewStandard,
  isOpen: boolean,
): FilmDetail['examGrade'] => {
  const graded = films.flatMap(({ grade, score }) => (grade === null ? [] : [{ grade, score: score ?? 0, weight: 1 }]));
  return { grade: isOpen ? examGradeOf(graded, rule, scale) : null, rule, graded: graded.length, films: films.length };
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

/** What the dose report says of the whole exam stands before what the header of one slice says. */
const withReported = (
  exposure: FilmDetail['exposure'],
  reported: Awaited<ReturnType<typeof findCtDose>>,
): FilmDetail['exposure'] => ({
  ...exposure,
  dlpMgyCm: reported.dlpMgyCm,
  ctdiVolMgy: reported.ctdiVolMgy ?? exposure['ctdiVolMgy'] ?? null,
});

const MAX_FACT_LENGTH = 200;

/** Every plain fact of the header but who the patient and the operator are. */
const headerFactsOf = (facts: Partial<HeaderFacts>): FilmDetail['headerFacts'] =>
  Object.entries(facts)
    .filter(([key, value]) => !/^(patient|operator|issuer)/.test(key) && ['string', 'number'].includes(typeof value))
    .map(([keyword, value]) => ({ keyword, value: String(value).slice(0, MAX_FACT_LENGTH) }));

export const asReading = (row: ReadingRow, accountId: string): Reading => ({
  readingId: row.reading_id,
  act: row.act,
  kind: row.kind,
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
  criteria: row.criteria as unknown as Reading['criteria'],
  seriesMarks: row.series_marks as unknown as Reading['seriesMarks'],
  isBulk: row.is_bulk,
  isLate: row.is_late,
});
