import type { CorrectionKind, CorrectionState } from '@jiapian/rules';
import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';
import { rowsOf, type ListPage } from '../platform/list-page.ts';

export interface CorrectionRow {
  correction_id: string;
  kind: CorrectionKind;
  source: 'person' | 'hl7';
  exam_id: string;
  target_exam_id: string | null;
  instance_uids: string[];
  before: unknown;
  after: unknown;
  reason: string;
  undoes: string | null;
  patient_merge_id: string | null;
  state: CorrectionState;
  proposed_at: Date;
  proposed_by: string | null;
  decided_at: Date | null;
  decided_by: string | null;
  decide_note: string;
}

export const insertCorrection = async (unit: UnitOfWork, row: CorrectionRow): Promise<void> => {
  await unit.db
    .insertInto('correction')
    .values({
      ...row,
      hospital_id: unit.hospitalId,
      before: JSON.stringify(row.before),
      after: JSON.stringify(row.after),
    })
    .execute();
};

const columns = [
  'correction_id',
  'kind',
  'source',
  'exam_id',
  'target_exam_id',
  'instance_uids',
  'before',
  'after',
  'reason',
  'undoes',
  'patient_merge_id',
  'state',
  'proposed_at',
  'proposed_by',
  'decided_at',
  'decided_by',
  'decide_note',
] as const;

/** Locked until the transaction ends. */
export const lockCorrection = (unit: UnitOfWork, correctionId: string): Promise<CorrectionRow | undefined> =>
  unit.db
    .selectFrom('correction')
    .select(columns)
    .where('hospital_id', '=', unit.hospitalId)
    .where('correction_id', '=', correctionId)
    .forUpdate()
    .executeTakeFirst();

export const decideCorrectionRow = async (
  unit: UnitOfWork,
  correctionId: string,
  decision: { state: CorrectionState; at: Date; by: string | null; note: string },
): Promise<void> => {
  await unit.db
    .updateTable('correction')
    .set({
      state: decision.state,
      decided_at: decision.at,
      decided_by: decision.by,
      decide_note: decision.note,
    })
    .where('hospital_id', '=', unit.hospitalId)
    .where('correction_id', '=', correctionId)
    .execute();
};

/** What it was decided by stays; that it does not hold any more stands in the fact that takes it back. */
export const markUndone = async (unit: UnitOfWork, correctionId: string): Promise<void> => {
  await unit.db
    .updateTable('correction')
    .set({ state: 'undone' })
    .where('hospital_id', '=', unit.hospitalId)
    .where('correction_id', '=', correctionId)
    .execute();
};

export const setTargetExam = async (unit: UnitOfWork, correctionId: string, examId: string): Promise<void> => {
  await unit.db
    .updateTable('correction')
    .set({ target_exam_id: examId })
    .where('hospital_id', '=', unit.hospitalId)
    .where('correction_id', '=', correctionId)
    .execute();
};

/** Corrections themselves, not what takes them back, that may concern an exam or one of these objects; oldest first. */
export const findHistory = (
  unit: UnitOfWork,
  examId: string,
  instanceUids: readonly string[],
): Promise<CorrectionRow[]> =>
  unit.db
    .selectFrom('correction')
    .select(columns)
    .where('hospital_id', '=', unit.hospitalId)
    .where('undoes', 'is', null)
    .where('state', 'in', ['in-force', 'undone'])
    .where((eb) =>
      eb.or([
        eb('exam_id', '=', examId),
        eb('target_exam_id', '=', examId),
        eb.and([eb('kind', '=', 'side'), sql<boolean>`instance_uids && ${[...instanceUids]}::text[]`]),
      ]),
    )
    .orderBy('decided_at')
    .orderBy('correction_id')
    .execute();

/** Whether a proposal about the exam waits for a decision. */
export const hasOpenProposal = async (unit: UnitOfWork, examId: string): Promise<boolean> => {
  const row = await unit.db
    .selectFrom('correction')
    .select('correction_id')
    .where('hospital_id', '=', unit.hospitalId)
    .where('exam_id', '=', examId)
    .where('state', '=', 'proposed')
    .executeTakeFirst();
  return row !== undefined;
};

const key = sql<string>`to_char(c.proposed_at at time zone 'UTC', 'YYYYMMDDHH24MISSUS')`;

/** What was corrected, the last first. */
export const findCorrections = (
  unit: UnitOfWork,
  asked: { list: 'open' | 'all'; examId?: string | undefined },
  page: ListPage,
) => {
  const [after, afterId] = page.after ?? [];
  return unit.db
    .selectFrom('correction as c')
    .innerJoin('exam as e', (join) =>
      join.onRef('e.hospital_id', '=', 'c.hospital_id').onRef('e.exam_id', '=', 'c.exam_id'),
    )
    .leftJoin('account as p', (join) =>
      join.onRef('p.hospital_id', '=', 'c.hospital_id').onRef('p.account_id', '=', 'c.proposed_by'),
    )
    .leftJoin('account as d', (join) =>
      join.onRef('d.hospital_id', '=', 'c.hospital_id').onRef('d.account_id', '=', 'c.decided_by'),
    )
    .select(columns.map((column) => `c.${column}` as const))
    .select(['e.accession_number', 'e.modality', 'e.description'])
    .select(['p.display_name as proposed_by_name', 'd.display_name as decided_by_name', key.as('list_key')])
    .where('c.hospital_id', '=', unit.hospitalId)
    .$if(asked.list === 'open', (query) => query.where('c.state', '=', 'proposed'))
    .$if(asked.examId !== undefined, (query) =>
      query.where((eb) =>
        eb.or([eb('c.exam_id', '=', asked.examId ?? ''), eb('c.target_exam_id', '=', asked.examId ?? '')]),
      ),
    )
    .$if(after !== undefined, (query) =>
      query.where(sql<boolean>`(${key}, c.correction_id::text) < (${after}, ${afterId})`),
    )
    .orderBy('c.proposed_at', 'desc')
    .orderBy(sql`c.correction_id::text`, 'desc')
    .limit(rowsOf(page))
    .execute();
};
export type CorrectionListRow = Awaited<ReturnType<typeof findCorrections>>[number];
