import { randomUUID } from 'node:crypto';
import type { ConsultationEvent, ConsultationState } from '@jiapian/rules';
import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';

export interface NewConsultation {
  readonly consultationId: string;
  readonly examId: string;
  readonly taskId: string | null;
  readonly question: string;
  readonly askedBy: string;
  readonly at: Date;
  readonly filmIds: readonly string[];
}

/** False when one of the films is in another consultation that is not over. */
export const insertConsultation = async (unit: UnitOfWork, asked: NewConsultation): Promise<boolean> => {
  await unit.db
    .insertInto('consultation')
    .values({
      hospital_id: unit.hospitalId,
      consultation_id: asked.consultationId,
      exam_id: asked.examId,
      state: 'asked',
      task_id: asked.taskId,
      question: asked.question,
      asked_by: asked.askedBy,
      asked_at: asked.at,
    })
    .execute();
  const inserted = await unit.db
    .insertInto('consultation_film')
    .values(
      asked.filmIds.map((filmId, index) => ({
        hospital_id: unit.hospitalId,
        consultation_id: asked.consultationId,
        number: index + 1,
        film_id: filmId,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .returning('film_id')
    .execute();
  return inserted.length === asked.filmIds.length;
};

export const lockConsultation = (unit: UnitOfWork, consultationId: string) =>
  unit.db
    .selectFrom('consultation')
    .selectAll()
    .where('hospital_id', '=', unit.hospitalId)
    .where('consultation_id', '=', consultationId)
    .forUpdate()
    .executeTakeFirst();
export type ConsultationRecord = NonNullable<Awaited<ReturnType<typeof lockConsultation>>>;

export const updateConsultation = async (
  unit: UnitOfWork,
  consultationId: string,
  changed: {
    state: ConsultationState;
    chair_account_id?: string;
    convened_at?: Date;
    opened_at?: Date;
    closed_at?: Date;
    closed_by?: string;
    close_reason?: string;
    conclusion?: string;
  },
): Promise<void> => {
  await unit.db
    .updateTable('consultation')
    .set(changed)
    .where('hospital_id', '=', unit.hospitalId)
    .where('consultation_id', '=', consultationId)
    .execute();
};

/** The films are free for another consultation; before the record closes for good. */
export const freeFilms = async (unit: UnitOfWork, consultationId: string): Promise<void> => {
  await unit.db
    .updateTable('consultation_film')
    .set({ is_current: false })
    .where('hospital_id', '=', unit.hospitalId)
    .where('consultation_id', '=', consultationId)
    .execute();
};

/** The grades with which the films came, and at the end the readings they left with. */
export const keepGradesBefore = async (unit: UnitOfWork, consultationId: string): Promise<void> => {
  await sql`
    update consultation_film set grade_before = film.grade from film
    where consultation_film.hospital_id = ${unit.hospitalId} and consultation_film.consultation_id = ${consultationId}
      and film.hospital_id = consultation_film.hospital_id and film.film_id = consultation_film.film_id`.execute(
    unit.db,
  );
};
export const keepReading = async (
  unit: UnitOfWork,
  consultationId: string,
  signed: { number: number; readingId: string },
): Promise<void> => {
  await unit.db
    .updateTable('consultation_film')
    .set({ reading_id: signed.readingId })
    .where('hospital_id', '=', unit.hospitalId)
    .where('consultation_id', '=', consultationId)
    .where('number', '=', signed.number)
    .execute();
};

export const findConsultationFilms = (unit: UnitOfWork, consultationId: string) =>
  unit.db
    .selectFrom('consultation_film')
    .innerJoin('film', (join) =>
      join
        .onRef('film.hospital_id', '=', 'consultation_film.hospital_id')
        .onRef('film.film_id', '=', 'consultation_film.film_id'),
    )
    .leftJoin('reading', (join) =>
      join
        .onRef('reading.hospital_id', '=', 'consultation_film.hospital_id')
        .onRef('reading.reading_id', '=', 'consultation_film.reading_id'),
    )
    .select([
      'consultation_film.number',
      'consultation_film.film_id',
      'consultation_film.grade_before',
      'consultation_film.reading_id',
      'film.position_code',
      'film.laterality',
      'reading.grade as signed_grade',
      'reading.score as signed_score',
      'reading.note as signed_note',
    ])
    .where('consultation_film.hospital_id', '=', unit.hospitalId)
    .where('consultation_film.consultation_id', '=', consultationId)
    .orderBy('consultation_film.number')
    .execute();

/** How many of these films are of the exam. */
export const countFilmsOfExam = async (
  unit: UnitOfWork,
  examId: string,
  filmIds: readonly string[],
): Promise<number> => {
  const found = await unit.db
    .selectFrom('film')
    .select('film_id')
    .where('hospital_id', '=', unit.hospitalId)
    .where('exam_id', '=', examId)
    .where('film_id', 'in', filmIds)
    .execute();
  return found.length;
};

export const insertEvent = async (
  unit: UnitOfWork,
  consultationId: string,
  happened: { event: ConsultationEvent | 'asked' | 'judged' | 'excused'; accountId: string; at: Date },
): Promise<void> => {
  await unit.db
    .insertInto('consultation_event')
    .values({
      hospital_id: unit.hospitalId,
      consultation_id: consultationId,
      event_id: randomUUID(),
      event: happened.event,
      account_id: happened.accountId,
      at: happened.at,
    })
    .execute();
};

export const findEvents = (unit: UnitOfWork, consultationId: string) =>
  unit.db
    .selectFrom('consultation_event')
    .innerJoin('account', (join) =>
      join
        .onRef('account.hospital_id', '=', 'consultation_event.hospital_id')
        .onRef('account.account_id', '=', 'consultation_event.account_id'),
    )
    .select(['event', 'at', 'consultation_event.account_id', 'account.display_name as name'])
    .where('consultation_event.hospital_id', '=', unit.hospitalId)
    .where('consultation_id', '=', consultationId)
    .orderBy('at')
    // The last opinion opens them all in the same moment.
    .orderBy((eb) => eb('event', '=', 'all-judged'))
    .orderBy('event_id')
    .execute();
