import { AppError } from '@jiapian/kernel';
import type { Caller } from '../platform/http.ts';

export interface Reader {
  accountId: string;
  staffId: string | null;
}

export const readerOf = (caller: Caller): Reader => ({ accountId: caller.accountId, staffId: caller.staffId });

/** Nobody grades their own film, nor that of a trainee whose films count for them (本人不评本人片). */
export const requireForeignFilm = (
  film: { technologist_id: string | null; accountable_id: string | null },
  { staffId }: Reader,
): void => {
  if (staffId !== null && [film.technologist_id, film.accountable_id].includes(staffId))
    throw new AppError('REVIEW_OWN_FILM');
};
