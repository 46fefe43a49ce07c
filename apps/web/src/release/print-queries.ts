import { printAnswer, sheetPreview, type PrintRequest, type SheetRequest } from '@jiapian/contract';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { addressOf } from '../api/address.ts';
import { request } from '../api/client.ts';

export type SheetForm = Pick<SheetRequest, 'columns' | 'rows' | 'filmSize' | 'orientation'>;

export const previewQuery = (filmIds: readonly string[], form: SheetForm) =>
  queryOptions({
    queryKey: ['release', 'print', filmIds, form],
    queryFn: ({ signal }) =>
      request(sheetPreview, 'POST', '/release/print/preview', { body: { filmIds, ...form }, signal }),
    placeholderData: keepPreviousData,
  });

export const printOn = (body: PrintRequest) => request(printAnswer, 'POST', '/release/print', { body });

export const pdfAddress = (sheet: SheetRequest, locale: string): string =>
  addressOf('/release/print.pdf', {
    ...sheet,
    filmIds: sheet.filmIds.join(','),
    acceptedFaults: sheet.acceptedFaults.join(','),
    locale,
  });
