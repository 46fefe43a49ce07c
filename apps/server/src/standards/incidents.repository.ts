import type { IncidentKind } from '@jiapian/contract';
import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';

const incidentsOf = (unit: UnitOfWork) =>
  unit.db
    .selectFrom('incident')
    .leftJoin('exam', (join) =>
      join.onRef('exam.hospital_id', '=', 'incident.hospital_id').onRef('exam.exam_id', '=', 'incident.exam_id'),
    )
    .leftJoin('account as opener', (join) =>
      join
        .onRef('opener.hospital_id', '=', 'incident.hospital_id')
        .onRef('opener.account_id', '=', 'incident.opened_by'),
    )
    .leftJoin('account as closer', (join) =>
      join
        .onRef('closer.hospital_id', '=', 'incident.hospital_id')
        .onRef('closer.account_id', '=', 'incident.closed_by'),
    )
    .selectAll('incident')
    .select(['exam.accession_number', 'opener.display_name as opener_name', 'closer.display_name as closer_name'])
    .where('incident.hospital_id', '=', unit.hospitalId);
export type IncidentRow = Awaited<ReturnType<typeof listIncidents>>[number];

interface IncidentFilter {
  state?: 'open' | 'closed' | undefined;
  /** Opened before this one, in the order of the list. */
  after: { openedAt: string; incidentId: string } | null;
  limit: number;
}

/** Newest first. */
export const listIncidents = (unit: UnitOfWork, { state, after, limit }: IncidentFilter) =>
  incidentsOf(unit)
    .$if(state === 'open', (query) => query.where('closed_at', 'is', null))
    .$if(state === 'closed', (query) => query.where('closed_at', 'is not', null))
    .$if(after !== null, (query) =>
      query.where(
        sql<boolean>`(opened_at, incident_id) < (${after?.openedAt}::timestamptz, ${after?.incidentId}::uuid)`,
      ),
    )
    .orderBy('opened_at', 'desc')
    .orderBy('incident_id', 'desc')
    .limit(limit)
    .execute();

export const findIncident = (unit: UnitOfWork, incidentId: string) =>
  incidentsOf(unit).where('incident_id', '=', incidentId).executeTakeFirst();

export interface NewIncident {
  incidentId: string;
  kind: IncidentKind;
  severity: number | null;
  happenedAt: Date;
  openedAt: Date;
  openedBy: string | null;
  examId: string | null;
  filmId: string | null;
  readingId: string | null;
  description: string;
}

/** False when the film's error of this kind is in the register already. */
export const insertIncident = async (unit: UnitOfWork, incident: NewIncident): Promise<boolean> => {
  const inserted = await unit.db
    .insertInto('incident')
    .values({
      hospital_id: unit.hospitalId,
      incident_id: incident.incidentId,
      kind: incident.kind,
      severity: incident.severity,
      happened_at: incident.happenedAt,
      opened_at: incident.openedAt,
      opened_by: incident.openedBy,
      exam_id: incident.examId,
      film_id: incident.filmId,
      reading_id: incident.readingId,
      description: incident.description,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return inserted.numInsertedOrUpdatedRows === 1n;
};

/** False when somebody else has changed it since `version`. */
export const updateIncident = async (
  unit: UnitOfWork,
  change: {
    incidentId: string;
    version: number;
    severity: number;
    description: string;
    followUp: string;
    closed: { at: Date; by: string | null } | null;
  },
): Promise<boolean> => {
  const updated = await unit.db
    .updateTable('incident')
    .set({
      severity: change.severity,
      description: change.description,
      follow_up: change.followUp,
      closed_at: change.closed?.at ?? null,
      closed_by: change.closed?.by ?? null,
      version: sql`version + 1`,
    })
    .where('hospital_id', '=', unit.hospitalId)
    .where('incident_id', '=', change.incidentId)
    .where('version', '=', change.version)
    .executeTakeFirst();
  return updated.numUpdatedRows === 1n;
};

/** The marked items of a reading, and by which version of the standard. */
export const findMarks = (unit: UnitOfWork, readingId: string) =>
  unit.db
    .selectFrom('reading')
    .select(['marks', 'standard_version', 'at'])
    .where('hospital_id', '=', unit.hospitalId)
    .where('reading_id', '=', readingId)
    .where('act', '=', 'grade')
    .executeTakeFirst();

export const examExists = async (unit: UnitOfWork, examId: string): Promise<boolean> =>
  (await unit.db
    .selectFrom('exam')
    .select('exam_id')
    .where('hospital_id', '=', unit.hospitalId)
    .where('exam_id', '=', examId)
    .executeTakeFirst()) !== undefined;
