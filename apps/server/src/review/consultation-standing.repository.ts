import { sql, type SqlBool } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';

/** The film is being judged in a consultation; only its outcome gives a grade then. */
export const isInConsultation = sql<SqlBool>`exists (
  select from consultation_film sitting
    join consultation on consultation.hospital_id = sitting.hospital_id
      and consultation.consultation_id = sitting.consultation_id
  where sitting.hospital_id = film.hospital_id and sitting.film_id = film.film_id and sitting.is_current
    and consultation.state in ('judging', 'open'))`;

export const isFilmInConsultation = async (unit: UnitOfWork, filmId: string): Promise<boolean> => {
  const found = await unit.db
    .selectFrom('film')
    .select('film_id')
    .where('hospital_id', '=', unit.hospitalId)
    .where('film_id', '=', filmId)
    .where(isInConsultation)
    .executeTakeFirst();
  return found !== undefined;
};
