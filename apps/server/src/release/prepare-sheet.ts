import { AppError } from '@jiapian/kernel';
import type { SheetPreview, SheetRequest } from '@jiapian/contract';
import {
  filmSizes,
  isFinalFault,
  layOutPrint,
  parts as bodyParts,
  positionOf,
  type PrintedView,
  type PrintLayout,
  type PrintSheet,
} from '@jiapian/rules';
import type { UnitOfWork } from '../platform/database.ts';
import { findPrintableFilms, type PrintableFilm } from './print-films.repository.ts';

/** A sheet of films as it would be printed. */
export interface PreparedSheet {
  films: readonly PrintableFilm[];
  sheet: PrintSheet;
  layout: PrintLayout;
}

/** Why a film may not be printed; null when it may. */
export const printRefusal = (film: Pick<PrintableFilm, 'grade' | 'gateState' | 'objectId'>): string | null => {
  if (film.grade === 'reject') return 'rejected';
  if (film.gateState !== 'released') return film.gateState === 'none' ? 'not-released' : film.gateState;
  return film.objectId === null ? 'not-one-image' : null;
};

/** Lays films out; `captionMm` is kept free under each. Throws `REVIEW_FILM_NOT_FOUND`. */
export const prepareSheet = async (
  unit: UnitOfWork,
  request: SheetRequest,
  captionMm: number,
): Promise<PreparedSheet> => {
  const films = await findPrintableFilms(unit, request.filmIds);
  if (films.length < request.filmIds.length) throw new AppError('REVIEW_FILM_NOT_FOUND');
  const size = filmSizes[request.filmSize] ?? { widthMm: 0, heightMm: 0 };
  const isWide = request.orientation === 'LANDSCAPE';
  const sheet = {
    columns: request.columns,
    rows: request.rows,
    widthMm: isWide ? size.heightMm : size.widthMm,
    heightMm: isWide ? size.widthMm : size.heightMm,
  };
  const forPictures = { ...sheet, heightMm: sheet.heightMm - sheet.rows * captionMm };
  return { films, sheet, layout: layOutPrint(films.map(viewOf), forPictures) };
};

/**
 * Throws `RELEASE_PRINT_REFUSED` with the reason for each film that is held, returned or rejected, and
 * `RELEASE_PRINT_LAYOUT` with the faults of the sheet that nobody has accepted.
 */
export const refuseSheet = ({ films, layout }: PreparedSheet, acceptedFaults: readonly string[]): void => {
  const refused = films.flatMap((film) => {
    const reason = printRefusal(film);
    return reason === null ? [] : [{ filmId: film.filmId, reason }];
  });
  if (refused.length > 0) throw new AppError('RELEASE_PRINT_REFUSED', { films: refused });
  const open = layout.faults.filter((fault) => isFinalFault(fault) || !acceptedFaults.includes(fault.code));
  if (open.length > 0) throw new AppError('RELEASE_PRINT_LAYOUT', { faults: open });
};

/** Width and height of each picture on the sheet, mm; without a scale it fills its field. */
export const pictureSizes = ({ films, sheet, layout }: PreparedSheet, captionMm: number) => {
  const field = { widthMm: sheet.widthMm / sheet.columns, heightMm: sheet.heightMm / sheet.rows - captionMm };
  return films.map(({ rows, columns }, index) => {
    const shape = (rows ?? 1) / (columns ?? 1);
    const widthMm = layout.widthsMm[index] ?? Math.min(field.widthMm, field.heightMm / shape);
    return { widthMm, heightMm: widthMm * shape };
  });
};

/** What a person sees before printing. */
export const describeSheet = (prepared: PreparedSheet, captionMm: number): SheetPreview => {
  const sizes = pictureSizes(prepared, captionMm);
  return {
    widthMm: prepared.sheet.widthMm,
    heightMm: prepared.sheet.heightMm,
    magnification: prepared.layout.magnification,
    films: prepared.films.map((film, index) => ({
      filmId: film.filmId,
      sopInstanceUid: film.sopInstanceUid,
      refusal: printRefusal(film),
      ...(sizes[index] ?? { widthMm: 0, heightMm: 0 }),
    })),
    faults: prepared.layout.faults.map((fault) => ({ ...fault, isFinal: isFinalFault(fault) })),
  };
};

const viewOf = (film: PrintableFilm): PrintedView => ({
  filmId: film.filmId,
  examId: film.examId,
  columns: film.columns ?? 0,
  rows: film.rows ?? 0,
  pixelSpacingMm: film.pixelSpacingMm,
  hasPatientName: film.patientName !== '',
  isSideMissing: film.laterality === null && isPaired(film.positionCode),
});

const isPaired = (positionCode: string | null): boolean => {
  const position = positionCode === null ? null : positionOf(positionCode);
  return position !== null && bodyParts[position.part].isPaired;
};
