import { randomUUID } from 'node:crypto';
import type { IncidentKind } from '@jiapian/contract';
import { AppError } from '@jiapian/kernel';
import type { Mark } from '@jiapian/rules';
import { recordEntry, systemActor, type AuditActor } from '../audit/index.ts';
import type { UnitOfWork } from '../platform/database.ts';
import {
  examExists,
  findIncident,
  findMarks,
  insertIncident,
  updateIncident,
  type IncidentRow,
} from './incidents.repository.ts';
import { findVersion } from './standards.repository.ts';

/** What a veto of the shipped catalogue is in the register; a hospital's own vetoes are entered as other. */
const kindOfVeto: Readonly<Record<string, IncidentKind>> = {
  'D01-patient': 'wrong-patient',
  'D01-side': 'wrong-side',
  'D01-part': 'wrong-part',
};

/** A veto in a reading opens an entry by itself; the same film read again opens no second one. */
export const registerVetoes = async (
  unit: UnitOfWork,
  { examId, filmId, readingId, at }: { examId: string; filmId: string; readingId: string; at: Date },
): Promise<number> => {
  const reading = await findMarks(unit, readingId);
  const standard = reading ? await findVersion(unit, reading.standard_version) : undefined;
  if (!reading || !standard) return 0;
  const marked = new Set((reading.marks as unknown as Mark[]).map(({ code }) => code));
  let opened = 0;
  for (const { code, name } of standard.deductions.filter((item) => item.veto === true && marked.has(item.code))) {
    const incidentId = randomUUID();
    const isNew = await insertIncident(unit, {
      incidentId,
      kind: kindOfVeto[code] ?? 'other',
      severity: null,
      happenedAt: reading.at,
      openedAt: at,
      openedBy: null,
      examId,
      filmId,
      readingId,
      description: `${name.zh} / ${name.en}`,
    });
    if (!isNew) continue;
    opened += 1;
    await enter(unit, systemActor('standards'), 'standards.incident-opened', incidentId, { code, readingId });
  }
  return opened;
};

export interface IncidentByHand {
  kind: IncidentKind;
  severity: number;
  happenedAt: Date;
  examId: string | null;
  description: string;
  at: Date;
}

export const openIncident = async (unit: UnitOfWork, by: AuditActor, given: IncidentByHand): Promise<IncidentRow> => {
  const { kind, severity, happenedAt, examId, description, at } = given;
  if (happenedAt > at) throw new AppError('REQUEST_INVALID', { reason: 'happenedAt is in the future' });
  if (examId !== null && !(await examExists(unit, examId))) throw new AppError('EXAMS_EXAM_NOT_FOUND', { examId });
  const incidentId = randomUUID();
  await insertIncident(unit, {
    ...{ incidentId, kind, severity, happenedAt, openedAt: at, openedBy: by.accountId, examId, description },
    filmId: null,
    readingId: null,
  });
  await enter(unit, by, 'standards.incident-opened', incidentId, { kind, severity });
  return incidentOf(unit, incidentId);
};

/** Severity, follow-up, closing and opening again; what was done needs words before it can be closed. */
export const followIncident = async (
  unit: UnitOfWork,
  by: AuditActor,
  given: {
    incidentId: string;
    version: number;
    severity: number;
    description: string;
    followUp: string;
    isClosed: boolean;
    at: Date;
  },
): Promise<IncidentRow> => {
  const before = await incidentOf(unit, given.incidentId);
  const { incidentId, version, severity, description, followUp, isClosed, at } = given;
  if (isClosed && followUp === '') throw new AppError('STANDARDS_INCIDENT_UNANSWERED', { incidentId });
  const kept = before.closed_at === null ? { at, by: by.accountId } : { at: before.closed_at, by: before.closed_by };
  const closed = isClosed ? kept : null;
  if (!(await updateIncident(unit, { incidentId, version, severity, description, followUp, closed })))
    throw new AppError('STANDARDS_STALE_VERSION', { incidentId });
  await enter(unit, by, 'standards.incident-followed', incidentId, { severity, isClosed });
  return incidentOf(unit, incidentId);
};

const incidentOf = async (unit: UnitOfWork, incidentId: string): Promise<IncidentRow> => {
  const incident = await findIncident(unit, incidentId);
  if (!incident) throw new AppError('STANDARDS_INCIDENT_NOT_FOUND', { incidentId });
  return incident;
};

const enter = (
  unit: UnitOfWork,
  by: AuditActor,
  action: string,
  subjectId: string,
  facts: Record<string, unknown>,
): Promise<void> => recordEntry(unit, by, { action, subjectKind: 'incident', subjectId, facts });
