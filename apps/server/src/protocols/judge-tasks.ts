import { randomUUID } from 'node:crypto';
import { AppError, type Clock } from '@jiapian/kernel';
import { complianceVersion, isAcquired, judgeFilm, type ParameterTable } from '@jiapian/rules';
import type { Database, UnitOfWork } from '../platform/database.ts';
import type { LiveEvents } from '../platform/live-events.ts';
import type { Log } from '../platform/log.ts';
import { softwareVersion } from '../platform/software-version.ts';
import { type ComplianceTask, endTasks, takeTasks } from './compliance-tasks.repository.ts';
import { type FilmSubject, findSubjects } from './films.repository.ts';
import { subjectOf } from './subject-of.ts';
import { findTable, type TableRow } from './tables.repository.ts';
import { findVerdicts, insertVerdicts, type NewVerdict, type VerdictRow } from './verdicts.repository.ts';

export interface JudgingParts {
  database: Database;
  clock: Clock;
  log: Pick<Log, 'warn'>;
  liveEvents: Pick<LiveEvents, 'publishWith'>;
}

/** Films of one transaction: a new exam waits for no longer than these. */
const filmsAtOnce = 100;
/** A film that fails this often is left: the next table judges it anew [PD]. */
const mostAttempts = 3;

/** Judges what waits until nothing does, or until it is told to stop. Answers how many films were judged. */
export const judgeTasks = async (parts: JudgingParts, signal: AbortSignal): Promise<number> => {
  let judged = 0;
  while (!signal.aborted) {
    const due = await parts.database.withSystem((system) => takeTasks(system, filmsAtOnce, parts.clock.now()));
    if (due.length === 0) break;
    for (const [hospitalId, tasks] of Map.groupBy(due, (task) => task.hospitalId))
      await judgeBatch(parts, hospitalId, tasks);
    judged += due.length;
  }
  return judged;
};

const judgeBatch = async (
  { database, clock, log, liveEvents }: JudgingParts,
  hospitalId: string,
  tasks: readonly ComplianceTask[],
): Promise<void> => {
  try {
    await database.withHospital(hospitalId, async (unit) => {
      for (const [tableId, own] of Map.groupBy(tasks, (task) => task.tableId)) {
        const table = await findTable(unit, tableId);
        if (table)
          await judgeFilms(
            unit,
            table,
            own.map(({ filmId }) => filmId),
            clock.now(),
          );
      }
      await endTasks(unit, tasks);
      await liveEvents.publishWith(unit, 'parameters.changed', {});
    });
  } catch (error) {
    log.warn('protocols.judging-failed', {
      films: tasks.length,
      code: error instanceof AppError ? error.code : 'unknown',
    });
    const lost = tasks.filter(({ attempts }) => attempts >= mostAttempts);
    if (lost.length > 0) await database.withHospital(hospitalId, (unit) => endTasks(unit, lost));
  }
};

/** Holds films against a table; a verdict that says the same as the last one by this table is not entered again. */
export const judgeFilms = async (
  unit: UnitOfWork,
  table: TableRow,
  filmIds: readonly string[],
  at: Date,
): Promise<void> => {
  const content = table.content as ParameterTable;
  const before = (await findVerdicts(unit, filmIds)).filter(({ tableId }) => tableId === table.table_id);
  const subjects = (await findSubjects(unit, filmIds)).filter(
    ({ facts, deviceId }) =>
      deviceId === table.device_id &&
      facts.qualityControlImage !== 'YES' &&
      (content.kind === 'projection' || isAcquired(facts)),
  );
  const verdicts = subjects.map((subject) => verdictOf(table, content, subject));
  await insertVerdicts(
    unit,
    verdicts.filter((verdict) => !saysTheSame(before, verdict)),
    at,
  );
};

const verdictOf = (table: TableRow, content: ParameterTable, film: FilmSubject): NewVerdict => {
  const subject = subjectOf(content.kind, film);
  const { verdict, reason, rowId, patient, phase, columns } = judgeFilm(content, subject, film.facts);
  const { ageClass, sizeClass, diameterCm, weightKg } = patient;
  return {
    verdictId: randomUUID(),
    filmId: film.filmId,
    examId: film.examId,
    subjectUid: film.subjectUid,
    deviceId: table.device_id,
    tableId: table.table_id,
    tableVersion: table.version,
    ruleVersion: complianceVersion,
    softwareVersion,
    subject: subject ?? '',
    phase,
    rowId,
    verdict,
    reason,
    patient: { ageClass, sizeClass, diameterCm, weightKg },
    columns,
    examAt: film.examAt,
  };
};

const saysTheSame = (before: readonly VerdictRow[], verdict: NewVerdict): boolean => {
  // The newest comes first.
  const last = before.find((one) => one.filmId === verdict.filmId && one.subjectUid === verdict.subjectUid);
  if (last === undefined || last.subject !== verdict.subject || last.verdict !== verdict.verdict) return false;
  return sameColumns(last.columns) === sameColumns(verdict.columns);
};

/** Columns as text whose keys stand in one order: the database keeps none. */
const sameColumns = (columns: unknown): string =>
  JSON.stringify(
    (columns as Record<string, unknown>[]).map((one) => Object.entries(one).toSorted(([a], [b]) => (a < b ? -1 : 1))),
  );
