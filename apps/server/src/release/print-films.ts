import { AppError, type Clock } from '@jiapian/kernel';
import type { PrintAnswer, PrintRequest, SheetPdfQuery, SheetPreview, SheetRequest } from '@jiapian/contract';
import { encodePng } from '../analysis/index.ts';
import type { ObjectStore } from '../archive/index.ts';
import { recordEntry, type AuditActor } from '../audit/index.ts';
import { renderPdf } from '../bulletins/index.ts';
import { recordExamEvent } from '../exams/index.ts';
import type { Database } from '../platform/database.ts';
import { tlsOf, type TlsMaterial } from '../platform/tls-material.ts';
import type { Caption } from './burn-caption.ts';
import { CAPTION_MM, captionOf, drawSheet, fitted } from './draw-sheet.ts';
import { describeSheet, pictureSizes, prepareSheet, refuseSheet, type PreparedSheet } from './prepare-sheet.ts';
import type { PrintableFilm } from './print-films.repository.ts';
import { printPictures } from './print-pictures.ts';
import { printSheet } from './print-session.ts';
import { findApplication } from './storage-commitment.repository.ts';

export interface PrintParts {
  database: Database;
  clock: Clock;
  store: Pick<ObjectStore, 'path'>;
  aeTitle: string;
  tls: TlsMaterial | null;
}

/** The sheet with its faults, before anything is printed. Throws `REVIEW_FILM_NOT_FOUND`. */
export const previewSheet = (parts: PrintParts, hospitalId: string, request: SheetRequest): Promise<SheetPreview> =>
  parts.database.withHospital(hospitalId, async (unit) =>
    describeSheet(await prepareSheet(unit, request, CAPTION_MM), CAPTION_MM),
  );

/**
 * Prints released films on one sheet, each with its name, side and scale burnt in. Refuses as `refuseSheet`, and throws `RELEASE_DESTINATION_NOT_FOUND` for a
 * printer that is not entered.
 */
export const printFilms = async (
  parts: PrintParts,
  by: AuditActor,
  hospitalId: string,
  request: PrintRequest,
): Promise<PrintAnswer> => {
  const { printer, prepared } = await parts.database.withHospital(hospitalId, async (unit) => ({
    printer: await findApplication(unit, request.printerAeTitle),
    prepared: await prepareSheet(unit, request, CAPTION_MM),
  }));
  if (printer === undefined) throw new AppError('RELEASE_DESTINATION_NOT_FOUND', { aeTitle: request.printerAeTitle });
  refuseSheet(prepared, request.acceptedFaults);
  const { films, layout } = prepared;
  const captions = captionsOf(prepared, request.locale);
  const paths = await pathsOf(parts, films);
  const pictures = await printPictures(paths.map((path, index) => ({ path, caption: captions[index] ?? null })));
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
  const facts = { printer: request.printerAeTitle, copies: request.copies, filmSize: request.filmSize };
  await note(parts, by, hospitalId, films, facts);
  return {
    printed: films.length,
    magnification: layout.magnification,
    acceptedFaults: layout.faults.map(({ code }) => code),
  };
};

/** The same sheet as a document to scale, each film with its name, side and scale. Refuses as `refuseSheet`. */
export const printPdf = async (
  parts: PrintParts,
  by: AuditActor,
  hospitalId: string,
  request: SheetPdfQuery,
): Promise<Uint8Array> => {
  const prepared = await parts.database.withHospital(hospitalId, (unit) => prepareSheet(unit, request, CAPTION_MM));
  refuseSheet(prepared, request.acceptedFaults);
  const paths = await pathsOf(parts, prepared.films);
  const pictures = await printPictures(paths.map((path) => ({ path, caption: null })));
  const pngs = pictures.map(({ samples, columns, rows }) => encodePng(samples, columns, rows, 1));
  const bytes = await renderPdf(drawSheet(prepared, pngs, request.locale, parts.clock.now()));
  await note(parts, by, hospitalId, prepared.films, { printer: 'PDF', copies: 1, filmSize: request.filmSize });
  return bytes;
};

const captionsOf = (prepared: PreparedSheet, locale: PrintRequest['locale']): Caption[] =>
  pictureSizes(prepared, CAPTION_MM).map(({ widthMm }, index) => {
    const { texts, lines } = captionOf(prepared.films[index]!, prepared.layout.magnification, locale, 0, 0);
    return {
      widthMm,
      heightMm: CAPTION_MM,
      texts: texts.map((line) => ({ ...line, text: fitted(line.text, widthMm) })),
      lines,
    };
  });

const pathsOf = ({ store }: PrintParts, films: readonly PrintableFilm[]): Promise<string[]> =>
  Promise.all(films.map(({ objectId }) => store.path(objectId ?? '')));

const note = (
  { database, clock }: PrintParts,
  by: AuditActor,
  hospitalId: string,
  films: readonly PrintableFilm[],
  facts: { printer: string; copies: number; filmSize: string },
): Promise<void> =>
  database.withHospital(hospitalId, async (unit) => {
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
