import type { AnalysisSubject, FilmAnalysis } from '@jiapian/contract';
import { AppError } from '@jiapian/kernel';
import type { UnitOfWork } from '../platform/database.ts';
import { figureKey, findBaselines } from './baselines.repository.ts';
import {
  type DoseRow,
  type FigureRow,
  findDoses,
  findFigures,
  findFilmPlace,
  findFindings,
  type FindingRow,
  findNewestRuns,
  findNotMeasured,
  type RunRow,
} from './describe.repository.ts';
import { findSilencedRules, isSilenced } from './rule-state.repository.ts';
import { hurryExam } from './tasks.repository.ts';
import { findDoseScreens } from './typed-dose.repository.ts';

/** Everything measured of a film; what still waits of its exam is hurried, and nobody waits for it. */
export const describeFilmAnalysis = async (
  unit: UnitOfWork,
  filmId: string,
  accountId: string,
): Promise<FilmAnalysis & { examId: string }> => {
  const place = await findFilmPlace(unit, filmId);
  if (place === undefined) throw new AppError('REVIEW_FILM_NOT_FOUND', { filmId });
  return { examId: place.examId, ...(await describeExamAnalysis(unit, place.examId, place.sopInstanceUid, accountId)) };
};

/** The same of an exam, or of one image of it. */
export const describeExamAnalysis = async (
  unit: UnitOfWork,
  examId: string,
  sopInstanceUid: string | null,
  accountId: string,
): Promise<FilmAnalysis> => {
  const waiting = await hurryExam(unit, examId);
  const runs = await findNewestRuns(unit, examId, sopInstanceUid);
  const runIds = runs.map(({ runId }) => runId);
  const found: Found = {
    figures: byRun(await findFigures(unit, runIds)),
    notMeasured: byRun(await findNotMeasured(unit, runIds)),
    findings: byRun(await findFindings(unit, runIds, accountId)),
    doses: byRun(await findDoses(unit, runIds)),
    silenced: await findSilencedRules(unit),
  };
  const subjects: AnalysisSubject[] = [];
  for (const run of runs) subjects.push(await describeRun(unit, run, found));
  const screens = await findDoseScreens(unit, examId);
  const doseScreens = screens.map(({ subjectUid, figures, byName, at }) => ({
    subjectUid,
    typed: figures === null || byName === null || at === null ? null : { figures, byName, at: at.toISOString() },
  }));
  return { state: waiting === 0 ? 'measured' : 'waiting', waiting, subjects, doseScreens };
};

interface Found {
  figures: Map<string, FigureRow[]>;
  notMeasured: Map<string, { metric: string; part: string; reason: string }[]>;
  findings: Map<string, FindingRow[]>;
  doses: Map<string, DoseRow[]>;
  silenced: ReadonlySet<string>;
}

const describeRun = async (unit: UnitOfWork, run: RunRow, found: Found): Promise<AnalysisSubject> => {
  const figures = found.figures.get(run.runId) ?? [];
  const metrics = [...new Set(figures.map(({ metric }) => metric))];
  const baselines = await findBaselines(unit, run, metrics);
  const [dose] = found.doses.get(run.runId) ?? [];
  const { runId: _run, examId: _exam, deviceId: _device, positionCode: _position, measuredAt, ...rest } = run;
  return {
    ...rest,
    measuredAt: measuredAt.toISOString(),
    measurements: figures.map(({ metric, part, value, unit: measuredIn, method, methodVersion, place }) => {
      const usual = baselines.get(figureKey(metric, part));
      return {
        metric,
        where: part === '' ? null : part,
        value,
        unit: measuredIn,
        method,
        version: methodVersion,
        place,
        usual: usual === undefined ? null : { median: usual.median, deviation: usual.deviation, films: usual.films },
      };
    }),
    notMeasured: (found.notMeasured.get(run.runId) ?? []).map(({ metric, part, reason }) => ({
      metric,
      where: part === '' ? null : part,
      reason,
    })),
    findings: (found.findings.get(run.runId) ?? [])
      .filter(({ rule, ruleVersion }) => !isSilenced(found.silenced, rule, ruleVersion))
      .map(({ findingId, rule, ruleVersion, severity, message, deduction, evidence, answer }) => ({
        findingId,
        rule,
        ruleVersion,
        severity,
        message,
        deduction,
        evidence,
        answer,
      })),
    dose:
      dose === undefined
        ? null
        : { source: dose.source, eventCount: dose.eventCount, totals: dose.totals, events: dose.events },
  };
};

const byRun = <Row extends { runId: string }>(rows: readonly Row[]): Map<string, Row[]> =>
  Map.groupBy(rows, ({ runId }) => runId);
