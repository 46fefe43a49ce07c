import type { ComplianceView, FilmCompliance, ParameterDrift } from '@jiapian/contract';
import { AppError } from '@jiapian/kernel';
import { driftOf } from '@jiapian/rules';
import type { UnitOfWork } from '../platform/database.ts';
import { countWaiting } from './compliance-tasks.repository.ts';
import { findExamOf, findFilmsOfExam } from './films.repository.ts';
import { requireDevice } from './require-device.ts';
import { findDeviceVerdicts, findVerdicts, type VerdictRow } from './verdicts.repository.ts';

export const asVerdict = (row: VerdictRow): ComplianceView => ({
  verdictId: row.verdictId,
  filmId: row.filmId,
  subjectUid: row.subjectUid,
  subject: row.subject,
  kind: row.kind as ComplianceView['kind'],
  phase: row.phase as ComplianceView['phase'],
  tableId: row.tableId,
  tableVersion: row.tableVersion,
  verdict: row.verdict,
  reason: row.reason,
  patient: row.patient as ComplianceView['patient'],
  columns: row.columns as ComplianceView['columns'],
  judgedAt: row.judgedAt.toISOString(),
});

/** What the tables say of a film: by the newest version, and what earlier versions said. */
export const describeFilmCompliance = async (
  unit: UnitOfWork,
  filmId: string,
): Promise<FilmCompliance & { examId: string }> => {
  const examId = await findExamOf(unit, filmId);
  if (examId === undefined) throw new AppError('REVIEW_FILM_NOT_FOUND', { filmId });
  return { examId, ...(await complianceOf(unit, [filmId])) };
};

export const describeExamCompliance = async (unit: UnitOfWork, examId: string): Promise<FilmCompliance> =>
  complianceOf(unit, await findFilmsOfExam(unit, examId));

const complianceOf = async (unit: UnitOfWork, filmIds: readonly string[]): Promise<FilmCompliance> => {
  const rows = await findVerdicts(unit, filmIds);
  const seen = new Set<string>();
  // The newest comes first.
  const current = rows.filter(({ filmId, subjectUid }) => {
    const isFirst = !seen.has(`${filmId} ${subjectUid}`);
    seen.add(`${filmId} ${subjectUid}`);
    return isFirst;
  });
  const earlier = rows.filter((row) => !current.includes(row));
  const waiting = await countWaiting(unit, filmIds);
  const state = waiting > 0 ? 'waiting' : current.length > 0 ? 'judged' : 'no-table';
  return { state, current: current.map(asVerdict), earlier: earlier.map(asVerdict) };
};

/** Verdicts that a drift is drawn from; more would only cover the line. */
const mostDriftVerdicts = 5_000;
/** Points of one line on the page. */
const mostPoints = 300;

/** How a device's settings move against its table, for each position or protocol and each figure. */
export const describeDrift = async (unit: UnitOfWork, deviceId: string, since: Date): Promise<ParameterDrift> => {
  await requireDevice(unit, deviceId);
  const rows = await findDeviceVerdicts(unit, { deviceId, since, limit: mostDriftVerdicts });
  const points = rows.flatMap((row) =>
    (row.columns as ComplianceView['columns']).flatMap(({ column, deviation, state }) =>
      deviation === null
        ? []
        : [
            {
              key: JSON.stringify([row.subject, column]),
              filmId: row.filmId,
              examAt: row.examAt,
              ratio: 1 + deviation,
              isOutside: state !== 'within',
            },
          ],
    ),
  );
  const items = [...Map.groupBy(points, ({ key }) => key)].map(([key, own]) => {
    const [subject, column] = JSON.parse(key) as [string, string];
    return {
      subject,
      column,
      films: own.length,
      drift: driftOf(own.map(({ examAt, ratio }) => ({ atMs: examAt.getTime(), ratio }))),
      points: own
        .slice(0, mostPoints)
        .map(({ filmId, examAt, ratio, isOutside }) => ({ filmId, examAt: examAt.toISOString(), ratio, isOutside })),
    };
  });
  return { items: items.toSorted((one, other) => strength(other) - strength(one)) };
};

const strength = ({ drift }: ParameterDrift['items'][number]): number => Math.abs(drift?.change ?? 0);
