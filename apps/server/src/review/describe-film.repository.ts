import type { FilmDetail } from '@jiapian/contract';
import type { HeaderFacts } from '@jiapian/dicom';
import type { UnitOfWork } from '../platform/database.ts';

/** A stack longer than this is cut for the workstation; the exam page shows the rest. */
const MAX_IMAGES = 2000;

type FilmImages = FilmDetail['images'];

export const findImages = async (unit: UnitOfWork, examId: string, only: string | null): Promise<FilmImages> => {
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
  return rows.map(asImage);
};

interface ImageRow {
  sop_instance_uid: string;
  series_instance_uid: string;
  instance_number: number | null;
  facts: unknown;
  description: string;
}

const asImage = (row: ImageRow): FilmImages[number] => {
  const facts = row.facts as Partial<HeaderFacts>;
  return {
    sopInstanceUid: row.sop_instance_uid,
    seriesInstanceUid: row.series_instance_uid,
    seriesDescription: row.description,
    instanceNumber: row.instance_number,
    numberOfFrames: facts.numberOfFrames ?? 1,
    rows: facts.rows ?? 0,
    columns: facts.columns ?? 0,
    rowDirection: facts.patientOrientation?.[0] ?? null,
  };
};

/** Radiographs that hang beside one; an exam of more than these is looked at film by film. */
const MAX_COMPANIONS = 24;

/** The other radiographs of the exam, each with the position of its own film. */
export const findCompanions = async (
  unit: UnitOfWork,
  examId: string,
  but: string,
): Promise<FilmDetail['companions']> => {
  const rows = await unit.db
    .selectFrom('film')
    .innerJoin('instance', (join) =>
      join
        .onRef('instance.hospital_id', '=', 'film.hospital_id')
        .onRef('instance.sop_instance_uid', '=', 'film.sop_instance_uid'),
    )
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
      'film.position_code',
      'film.laterality',
    ])
    .where('film.hospital_id', '=', unit.hospitalId)
    .where('film.exam_id', '=', examId)
    .where('film.kind', '=', 'image')
    .where('film.sop_instance_uid', '<>', but)
    .orderBy('series.series_number')
    .orderBy('instance.instance_number')
    .orderBy('instance.sop_instance_uid')
    .limit(MAX_COMPANIONS)
    .execute();
  return rows.map((row) => ({ ...asImage(row), positionCode: row.position_code, laterality: row.laterality }));
};

export const findFacts = async (unit: UnitOfWork, sopInstanceUid: string | null): Promise<Partial<HeaderFacts>> => {
  if (sopInstanceUid === null) return {};
  const row = await unit.db
    .selectFrom('instance')
    .select('facts')
    .where('hospital_id', '=', unit.hospitalId)
    .where('sop_instance_uid', '=', sopInstanceUid)
    .executeTakeFirst();
  return (row?.facts ?? {}) as Partial<HeaderFacts>;
};

export const findTechnologist = async (unit: UnitOfWork, examId: string): Promise<string | null> => {
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

/** Series of the exam. */
export const findSeriesOfExam = async (unit: UnitOfWork, examId: string): Promise<string[]> => {
  const rows = await unit.db
    .selectFrom('series')
    .select('series_instance_uid')
    .where('hospital_id', '=', unit.hospitalId)
    .where('exam_id', '=', examId)
    .execute();
  return rows.map((row) => row.series_instance_uid);
};
