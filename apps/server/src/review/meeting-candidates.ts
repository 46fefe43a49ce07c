import type { MeetingCandidates } from '@jiapian/contract';
import { DAY_MS, type Clock } from '@jiapian/kernel';
import type { UnitOfWork } from '../platform/database.ts';
import { findMeetingCandidates, findMeetingPeople } from './meeting-candidates.repository.ts';
import type { Reader } from './reader.ts';

/** Days whose 废 still come to the meeting. [PD] */
const rejectDays = 14;
/** Films a morning can hold many times over. */
const candidateLimit = 100;

/** Disputed and rejected films, and who may be on the leader's list. Nothing is said of who took a film. */
export const describeCandidates = async (
  unit: UnitOfWork,
  clock: Clock,
  { staffId }: Reader,
): Promise<MeetingCandidates> => {
  const sinceDay = new Date(clock.now().getTime() - rejectDays * DAY_MS).toISOString().slice(0, 10);
  const films = await findMeetingCandidates(unit, sinceDay, candidateLimit);
  const people = await findMeetingPeople(unit);
  return {
    films: films.map((film) => ({
      filmId: film.film_id,
      because: film.because,
      modality: film.modality,
      accessionNumber: film.accession_number,
      isOwn: staffId !== null && [film.technologist_id, film.accountable_id].includes(staffId),
      positionCode: film.position_code,
      laterality: film.laterality,
      description: film.description,
    })),
    people: people.map(({ staff_id, name }) => ({ staffId: staff_id, name })),
  };
};
