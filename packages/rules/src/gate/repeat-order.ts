import type { TransitionTable } from '@jiapian/kernel';

/** `open` the film is to be taken again; `done` it was; `cancelled` it will not be. */
export const repeatStates = ['open', 'done', 'cancelled'] as const;
/** One state of a repeat order. */
export type RepeatState = (typeof repeatStates)[number];

/** `linked` the new film was found; `closed` a person says it was taken; `unlinked` it was the wrong film. */
export const repeatEvents = ['linked', 'closed', 'cancelled', 'unlinked'] as const;
/** One event of a repeat order. */
export type RepeatEvent = (typeof repeatEvents)[number];

/** A repeat order (重拍单) from the 废 to the new film. */
export const repeatTable: TransitionTable<RepeatState, RepeatEvent> = Object.freeze({
  open: Object.freeze({ linked: 'done', closed: 'done', cancelled: 'cancelled' }),
  done: Object.freeze({ unlinked: 'open', linked: 'done' }),
  cancelled: Object.freeze({}),
});

/** Why a film is not taken again. */
export const repeatCancelReasons = ['patient-left', 'radiologist-accepts', 'not-needed', 'duplicate', 'other'] as const;
/** One reason why a film is not taken again. */
export type RepeatCancelReason = (typeof repeatCancelReasons)[number];

/** A repeat that is not here after so many minutes is overdue; product default [PD], unverified. */
export const repeatDueMinutes = 60;
/** A film of the same device later than this is another examination; product default [PD], unverified. */
export const repeatWindowMinutes = 240;

/** One film, as far as repeating is concerned; `takenMs` in ms since 1970 UTC. */
export interface RepeatFilm {
  readonly filmId: string;
  readonly patientId: string;
  readonly deviceId: string | null;
  readonly positionCode: string | null;
  readonly accessionNumber: string;
  readonly takenMs: number;
  /** Among films taken at the same moment, the later one. */
  readonly order: number;
}

const millisecondsPerMinute = 60_000;

/**
 * Whether a film is the repeat of a rejected one, and by what it is known: same patient and position, taken after it,
 * and either of the same accession number or of the same device within the window (its border inside). Null when it is
 * not. A position that nobody knows proves nothing.
 */
export const repeatMatch = (rejected: RepeatFilm, film: RepeatFilm): 'accession' | 'device' | null => {
  if (film.filmId === rejected.filmId || film.patientId !== rejected.patientId) return null;
  if (rejected.positionCode === null || film.positionCode !== rejected.positionCode) return null;
  const afterMs = film.takenMs - rejected.takenMs;
  if (afterMs < 0 || (afterMs === 0 && film.order <= rejected.order)) return null;
  if (rejected.accessionNumber !== '' && film.accessionNumber === rejected.accessionNumber) return 'accession';
  const isOfDevice = rejected.deviceId !== null && film.deviceId === rejected.deviceId;
  return isOfDevice && afterMs <= repeatWindowMinutes * millisecondsPerMinute ? 'device' : null;
};

/** The film that repeats a rejected one: the first after it that matches; null when none does. */
export const findRepeat = (
  rejected: RepeatFilm,
  films: readonly RepeatFilm[],
): { readonly filmId: string; readonly by: 'accession' | 'device' } | null => {
  const inOrder = films.toSorted((one, other) => one.takenMs - other.takenMs || one.order - other.order);
  for (const film of inOrder) {
    const by = repeatMatch(rejected, film);
    if (by !== null) return { filmId: film.filmId, by };
  }
  return null;
};
