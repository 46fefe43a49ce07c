import { randomUUID } from 'node:crypto';
import type { Insertable } from 'kysely';
import type { ConsultationOpinionTable } from '../platform/database-schema.ts';
import type { UnitOfWork } from '../platform/database.ts';

type NewOpinion = Omit<Insertable<ConsultationOpinionTable>, 'hospital_id'>;

/** False when this judge has given an opinion of this film before. */
export const insertOpinion = async (unit: UnitOfWork, opinion: NewOpinion): Promise<boolean> => {
  const inserted = await unit.db
    .insertInto('consultation_opinion')
    .values({ hospital_id: unit.hospitalId, ...opinion })
    .onConflict((conflict) => conflict.doNothing())
    .returning('opinion_id')
    .executeTakeFirst();
  return inserted !== undefined;
};

/** Opinions of judges who were not excused: whoever left half-way has given none. */
export const findOpinions = (unit: UnitOfWork, consultationId: string) =>
  unit.db
    .selectFrom('consultation_opinion')
    .innerJoin('consultation_judge', (join) =>
      join
        .onRef('consultation_judge.hospital_id', '=', 'consultation_opinion.hospital_id')
        .onRef('consultation_judge.consultation_id', '=', 'consultation_opinion.consultation_id')
        .onRef('consultation_judge.account_id', '=', 'consultation_opinion.account_id'),
    )
    .selectAll('consultation_opinion')
    .where('consultation_opinion.hospital_id', '=', unit.hospitalId)
    .where('consultation_opinion.consultation_id', '=', consultationId)
    .where('consultation_judge.excused_at', 'is', null)
    .orderBy('consultation_opinion.number')
    .orderBy('consultation_judge.name')
    .orderBy('consultation_opinion.account_id')
    .execute();
export type OpinionRecord = Awaited<ReturnType<typeof findOpinions>>[number];

export const insertSignature = async (
  unit: UnitOfWork,
  signature: {
    consultation_id: string;
    account_id: string;
    signs: 'opinion' | 'outcome';
    name: string;
    at: Date;
    digest: string;
  },
): Promise<void> => {
  await unit.db
    .insertInto('consultation_signature')
    .values({ hospital_id: unit.hospitalId, ...signature })
    .execute();
};

export const findSignatures = (unit: UnitOfWork, consultationId: string) =>
  unit.db
    .selectFrom('consultation_signature')
    .selectAll()
    .where('hospital_id', '=', unit.hospitalId)
    .where('consultation_id', '=', consultationId)
    .orderBy('at')
    .execute();

export const insertNote = async (
  unit: UnitOfWork,
  note: { consultationId: string; accountId: string; text: string; at: Date },
): Promise<void> => {
  await unit.db
    .insertInto('consultation_note')
    .values({
      hospital_id: unit.hospitalId,
      consultation_id: note.consultationId,
      note_id: randomUUID(),
      account_id: note.accountId,
      text: note.text,
      at: note.at,
    })
    .execute();
};

export const findNotes = (unit: UnitOfWork, consultationId: string) =>
  unit.db
    .selectFrom('consultation_note')
    .innerJoin('consultation_judge', (join) =>
      join
        .onRef('consultation_judge.hospital_id', '=', 'consultation_note.hospital_id')
        .onRef('consultation_judge.consultation_id', '=', 'consultation_note.consultation_id')
        .onRef('consultation_judge.account_id', '=', 'consultation_note.account_id'),
    )
    .select(['consultation_note.text', 'consultation_note.at', 'consultation_judge.name'])
    .where('consultation_note.hospital_id', '=', unit.hospitalId)
    .where('consultation_note.consultation_id', '=', consultationId)
    .orderBy('consultation_note.at')
    .orderBy('note_id')
    .execute();
