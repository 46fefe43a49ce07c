import { AppError } from '@jiapian/kernel';
import type { Caller } from '../platform/http.ts';

export interface Reader {
  accountId: string;
  staffId: string | null;
}

export const readerOf = (caller: Caller): Reader => ({ accountId: caller.accountId, staffId: caller.staffId });

/** Nobody grades their own film (本人不评本人片). */
export const requireForeignFilm = (film: { technologist_id: string | null }, reader: Reader): void => {
  if (film.technologist_id !== null && film.technologist_id === reader.staffId) throw new AppError('REVIEW_OWN_FILM');
};
