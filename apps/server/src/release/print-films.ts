import { AppError, type Clock } from '@jiapian/kernel';
import type { PrintAnswer, PrintRequest } from '@jiapian/contract';
import { filmSizes, isFinalFault, layOutPrint, parts as bodyParts, positionOf, type PrintedView } from '@jiapian/rules';
import type { ObjectStore } from '../archive/index.ts';
import { recordEntry, type AuditActor } from '../audit/index.ts';
import { recordExamEvent } from '../exams/index.ts';
import type { Database } from '../platform/database.ts';
import { tlsOf, type TlsMaterial } from '../platform/tls-material.ts';
import { findPrintableFilms, type PrintableFilm } from './print-films.repository.ts';
import { printPictureOf, type PrintPicture } from './print-picture.ts';
import { printSheet } from './print-session.ts';
import { findApplication } from './storage-commitment.repository.ts';

export interface PrintParts {
  database: Database;
  clock: Clock;
  store: Pick<ObjectStore, 'path'>;
  aeTitle: string;
  tls: TlsMaterial | null;
}

/** Why a film may not be printed; null when it may. */
export const printRefusal = (film: Pick<PrintableFilm, 'grade' | 'gateState' | 'objectId'>): string | null => {
  if (film.grade === 'reject') return 'rejected';
  if (film.gateState !== 'released') return film.gateState === 'none' ? 'not-released' : film.gateState;
  return film.objectId === null ? 'not-one-image' : null;
};

/**
 * Prints released films on one sheet. Throws `RELEASE_PRINT_REFUSED` with the reason for each film that is held,
 * returned or rejected, `RELEASE_PRINT_LAYOUT` with the faults of the sheet that nobody has accepted, and
 * `RELEASE_DESTINATION_NOT_FOUND` for a printer that is not entered.
 */
export const printFilms = async (
  parts: PrintParts,
  by: AuditActor,
  hospitalId: string,
  request: PrintRequest,
): Promise<PrintAnswer> => {
  const { printer, films } = await parts.database.withHospital(hospitalId, async (unit) => ({
    printer: await findApplication(unit, request.printerAeTitle),
    films: await findPrintableFilms(unit, request.filmIds),
  }));
  if (printer === undefined) throw new AppError('RELEASE_DESTINATION_NOT_FOUND', { aeTitle: request.printerAeTitle });
  if (films.length < request.filmIds.length) throw new AppError('REVIEW_FILM_NOT_FOUND');
  refuse(films);
  const pictures: PrintPicture[] = [];
  for (const { objectId } of films) pictures.push(await printPictureOf(await parts.store.path(objectId ?? '')));
  const size = filmSizes[request.filmSize] ?? { widthMm: 0, heightMm: 0 };
  const isWide = request.orientation === 'LANDSCAPE';
  const sheet = {
    columns: request.columns,
    rows: request.rows,
    widthMm: isWide ? size.heightMm : size.widthMm,
    heightMm: isWide ? size.widthMm : size.heightMm,
  };
  const layout = layOutPrint(
    films.map((film, index) => viewOf(film, pictures[index])),
    sheet,
  );
  const open = layout.faults.filter((fault) => isFinalFault(fault) || !request.acceptedFaults.includes(fault.code));
  if (open.length > 0) throw new AppError('RELEASE_PRINT_LAYOUT', { faults: open });
  const { host, port, uses_tls } = printer;
  const titles = { calledAeTitle: request.printerAeTitle, callingAeTitle: parts.aeTitle };
  await printSheet(
    { host, port, ...titles, ...tlsOf(uses_tls, parts.tls) },
    {
      ...request,
      label: films[0]?.accessionNumber ?? '',
      pictures: pictures.map((picture, index) => ({ picture, widthMm: layout.widthsMm[index] ?? null })),
    },
  );
  await note(parts, by, hospitalId, { request, films });
  return {
    printed: films.length,
    magnification: layout.magnification,
    acceptedFaults: layout.faults.map(({ code }) => code),
  };
};

const refuse = (films: readonly PrintableFilm[]): void => {
  const refused = films.flatMap((film) => {
    const reason = printRefusal(film);
    return reason === null ? [] : [{ filmId: film.filmId, reason }];
  });
  if (refused.length > 0) throw new AppError('RELEASE_PRINT_REFUSED', { films: refused });
};

const viewOf = (film: PrintableFilm, picture: PrintPicture | undefined): PrintedView => ({
  filmId: film.filmId,
  examId: film.examId,
  columns: picture?.columns ?? 0,
  rows: picture?.rows ?? 0,
  pixelSpacingMm: picture?.pixelSpacingMm ?? null,
  hasPatientName: film.patientName !== '',
  isSideMissing: film.laterality === null && isPaired(film.positionCode),
});

const isPaired = (positionCode: string | null): boolean => {
  const position = positionCode === null ? null : positionOf(positionCode);
  return position !== null && bodyParts[position.part].isPaired;
};

const note = (
  { database, clock }: PrintParts,
  by: AuditActor,
  hospitalId: string,
  { request, films }: { request: PrintRequest; films: readonly PrintableFilm[] },
): Promise<void> =>
  database.withHospital(hospitalId, async (unit) => {
    const facts = { printer: request.printerAeTitle, copies: request.copies, filmSize: request.filmSize };
    for (const { examId, filmId } of films) {
      await recordExamEvent(unit, {
        examId,
        at: clock.now(),
        event: 'film.printed',
        facts: { filmId, ...facts },
        accountId: by.accountId,
      });
      await recordEntry(unit, by, { action: 'release.film-printed', subjectKind: 'film', subjectId: filmId, facts });
    }
  });
