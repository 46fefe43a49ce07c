import { randomUUID } from 'node:crypto';
import type { HeaderFacts } from '@jiapian/dicom';
import { derivePosition, mappingKey, reviewUnitOf, type PositionFacts } from '@jiapian/rules';
import type { Clock } from '@jiapian/kernel';
import type { UnitOfWork } from '../platform/database.ts';
import {
  findExamForFilms,
  findImagesWithoutFilm,
  insertFilms,
  rememberedPositions,
  type FilmImage,
} from './make-films.repository.ts';

/** Makes the films of a complete exam that are not there yet; an exam without images has none. */
export const makeFilms = async (unit: UnitOfWork, clock: Clock, examId: string): Promise<void> => {
  const exam = await findExamForFilms(unit, examId);
  if (!exam) return;
  const day = localDay(clock.now(), exam.time_zone);
  const images = await findImagesWithoutFilm(unit, examId);
  const stacked = images.filter((image) => unitOfImage(image) === 'exam');
  const single = images.filter((image) => unitOfImage(image) === 'image');
  const remembered = await rememberedPositions(unit, exam.device_id);
  const rows = [
    ...single.map((image) => filmRow(unit, examId, day, image, image.sopInstanceUid, remembered)),
    ...(stacked[0] ? [filmRow(unit, examId, day, stacked[0], null, remembered)] : []),
  ];
  if (rows.length > 0) await insertFilms(unit, rows);
  await unit.emit({ name: 'films.made', payload: { examId } });
};

const unitOfImage = (image: FilmImage) => reviewUnitOf(image.facts.modality ?? '');

const filmRow = (
  unit: UnitOfWork,
  examId: string,
  day: string,
  image: FilmImage,
  sopInstanceUid: string | null,
  remembered: ReadonlyMap<string, string>,
) => {
  const facts = positionFactsOf(image.facts);
  const key = mappingKey(facts) ?? '';
  const derived = derivePosition(facts);
  const known = remembered.get(key);
  const code = known ?? derived.positionCode;
  return {
    hospital_id: unit.hospitalId,
    film_id: randomUUID(),
    exam_id: examId,
    kind: sopInstanceUid === null ? ('exam' as const) : ('image' as const),
    sop_instance_uid: sopInstanceUid,
    position_code: code,
    laterality: derived.laterality,
    position_source: known ? ('remembered' as const) : code === null ? ('unknown' as const) : ('derived' as const),
    mapping_key: key,
    day,
  };
};

/** The header facts from which a position is told. */
export const positionFactsOf = (facts: Partial<HeaderFacts>): PositionFacts => ({
  modality: facts.modality ?? '',
  viewPosition: facts.viewPosition ?? '',
  viewCodes: (facts.viewCodes ?? []).flatMap((code) => code.codeValue ?? []),
  bodyPartExamined: facts.bodyPartExamined ?? '',
  imageLaterality: facts.imageLaterality ?? facts.laterality ?? '',
  protocolName: facts.protocolName ?? '',
  studyDescription: facts.studyDescription ?? '',
  seriesDescription: facts.seriesDescription ?? '',
});

/** The calendar day of the hospital, YYYY-MM-DD. */
export const localDay = (moment: Date, timeZone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(moment);
