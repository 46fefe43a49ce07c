import { randomUUID } from 'node:crypto';
import { AppError } from '@jiapian/kernel';
import { type DraftFilm, draftTable, isAcquired, type ParameterKind, type ParameterTable } from '@jiapian/rules';
import type { AuditActor } from '../audit/index.ts';
import type { UnitOfWork } from '../platform/database.ts';
import { enter } from './enter.ts';
import { type FilmSubject, findGoodFilms, findSubjects } from './films.repository.ts';
import { kindOfDevice, requireDevice } from './require-device.ts';
import { findInForce, findVersions, insertTable, lockTablesOf } from './tables.repository.ts';
import { subjectOf } from './subject-of.ts';

export type Beginning = { from: 'films'; films: number } | { from: 'in-force' } | { from: 'empty' };

interface Begun {
  content: ParameterTable;
  draftedFrom: { films: number; first: Date; last: Date } | null;
  basedOnVersion: number | null;
}

/** A draft for a device: from its own good films, from the version in force, or empty. One at a time. */
export const beginTable = async (
  unit: UnitOfWork,
  by: AuditActor,
  { deviceId, begin, at }: { deviceId: string; begin: Beginning; at: Date },
): Promise<string> => {
  const device = await requireDevice(unit, deviceId);
  const kind = kindOfDevice(device);
  if (kind === null) throw new AppError('PROTOCOLS_NO_TABLE_FOR_MODALITY', { modality: device.modality });
  await lockTablesOf(unit, deviceId);
  const open = (await findVersions(unit, deviceId)).find(({ state }) => state !== 'in-force' && state !== 'superseded');
  if (open) throw new AppError('PROTOCOLS_DRAFT_OPEN', { tableId: open.table_id });
  const begun = await beginningOf(unit, kind, deviceId, begin);
  const tableId = randomUUID();
  await insertTable(unit, { tableId, deviceId, ...begun, at, by: by.accountId });
  await enter(unit, by, 'draft-begun', tableId, {
    deviceId,
    from: begin.from,
    films: begun.draftedFrom?.films ?? 0,
    rows: begun.content.rows.length,
  });
  return tableId;
};

const beginningOf = async (
  unit: UnitOfWork,
  kind: ParameterKind,
  deviceId: string,
  begin: Beginning,
): Promise<Begun> => {
  const inForce = await findInForce(unit, deviceId);
  const basedOnVersion = inForce?.version ?? null;
  const before = inForce?.content as ParameterTable | undefined;
  const deviceSinceYear = before?.deviceSinceYear ?? null;
  if (begin.from === 'empty')
    return { content: { kind, deviceSinceYear, rows: [] }, draftedFrom: null, basedOnVersion };
  if (begin.from === 'in-force') {
    if (before === undefined) throw new AppError('PROTOCOLS_NOTHING_IN_FORCE', { deviceId });
    return { content: before, draftedFrom: null, basedOnVersion };
  }
  const { films, subjects } = await goodSubjects(unit, kind, deviceId, begin.films);
  const content = { ...draftTable(kind, films), deviceSinceYear };
  const [newest, oldest] = [subjects.at(0), subjects.at(-1)];
  if (content.rows.length === 0 || newest === undefined || oldest === undefined)
    throw new AppError('PROTOCOLS_TOO_FEW_FILMS', { films: films.length });
  const count = new Set(subjects.map(({ filmId }) => filmId)).size;
  return { content, draftedFrom: { films: count, first: oldest.examAt, last: newest.examAt }, basedOnVersion };
};

/** Good films and series that are no phantom, no localizer and no computed picture. */
const goodSubjects = async (
  unit: UnitOfWork,
  kind: ParameterKind,
  deviceId: string,
  limit: number,
): Promise<{ films: DraftFilm[]; subjects: FilmSubject[] }> => {
  const found = await findSubjects(unit, await findGoodFilms(unit, deviceId, limit));
  const subjects = found.filter(
    ({ facts }) => facts.qualityControlImage !== 'YES' && (kind === 'projection' || isAcquired(facts)),
  );
  const films = subjects.map((subject) => ({ subject: subjectOf(kind, subject) ?? '', facts: subject.facts }));
  return { films, subjects };
};
