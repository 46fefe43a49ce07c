import { transition } from '@jiapian/kernel';
import { filmTable } from '@jiapian/rules';
import type { UnitOfWork } from '../platform/database.ts';
import { findGradesOfExam, stateOf, updateFilm } from './review.repository.ts';

/** The exam left while films were unread (漏评): they stay in the queue and say so. Answers how many. */
export const markMissed = async (unit: UnitOfWork, examId: string): Promise<number> => {
  const films = await findGradesOfExam(unit, examId);
  let missed = 0;
  for (const film of films) {
    const next = transition(filmTable, stateOf(film), 'left-unread');
    if (!next.ok) continue;
    await updateFilm(unit, film.film_id, next.value, { grade: null, score: null, readingId: null, gradedAt: null });
    missed += 1;
  }
  return missed;
};
