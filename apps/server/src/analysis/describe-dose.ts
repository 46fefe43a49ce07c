import type { DoseGroup, DosePage, PatientDose } from '@jiapian/contract';
import { type DoseQuantity, type ReferenceLevel, referenceLevelFor } from '@jiapian/rules';
import type { UnitOfWork } from '../platform/database.ts';
import { findPatientDose } from './patient-dose.repository.ts';
import { countRejectionReasons, type DayRange, type DoseReportRow, findDoseReports } from './statistics.repository.ts';

/** Reports one page is made of; more days than this many reports fill are asked for in parts. */
const mostReports = 20_000;
const quantities: readonly DoseQuantity[] = [
  'ctdiVolMgy',
  'dlpMgyCm',
  'averageGlandularDoseMgy',
  'doseAreaProductDgyCm2',
];

/** Percentiles of dose by device and region against the reference levels, and what was exposed for nothing. */
export const describeDose = async (unit: UnitOfWork, days: DayRange): Promise<DosePage> => {
  const reports = await findDoseReports(unit, days, mostReports);
  const reasons = await countRejectionReasons(unit, days);
  return {
    groups: groupsOf(reports),
    reports: reports.length,
    fromScreen: reports.filter(({ source }) => source === 'dose-screen').length,
    typed: reports.filter(({ isTyped }) => isTyped).length,
    rejectedExposures: reports.reduce((sum, { rejected }) => sum + rejected, 0),
    repeatedExposures: reports.reduce((sum, { repeated }) => sum + repeated, 0),
    rejectionReasons: reasons,
  };
};

interface Grouped {
  report: DoseReportRow;
  quantity: DoseQuantity;
  level: ReferenceLevel | undefined;
  values: number[];
}

const groupsOf = (reports: readonly DoseReportRow[]): DoseGroup[] => {
  const groups = new Map<string, Grouped>();
  for (const report of reports) {
    for (const quantity of quantities) {
      const value = report[quantity];
      if (value === null) continue;
      const modality = report.ctdiVolMgy === null && report.dlpMgyCm === null ? report.modality : 'CT';
      const ageYears = report.ageYears ?? undefined;
      const level = referenceLevelFor({ modality, words: report.regionWords, ageYears, quantity });
      const region = level?.code ?? report.positionCode ?? '';
      const key = `${report.deviceId ?? ''} ${region} ${quantity}`;
      const group = groups.get(key);
      if (group === undefined) groups.set(key, { report, quantity, level, values: [value] });
      else group.values.push(value);
    }
  }
  return [...groups.values()].map(describeGroup).sort((one, other) => other.exams - one.exams);
};

const describeGroup = ({ report, quantity, level, values }: Grouped): DoseGroup => {
  const sorted = values.toSorted((one, other) => one - other);
  return {
    deviceId: report.deviceId,
    deviceName: report.deviceName,
    levelCode: level?.code ?? null,
    levelName: level?.name ?? null,
    positionCode: level === undefined ? report.positionCode : null,
    quantity,
    exams: sorted.length,
    p25: percentileOf(sorted, 0.25),
    p50: percentileOf(sorted, 0.5),
    p75: percentileOf(sorted, 0.75),
    reference:
      level === undefined
        ? null
        : { p25: level.p25, p50: level.p50, p75: level.p75, source: level.source, verified: level.verified },
    above: level === undefined ? 0 : sorted.filter((value) => value > level.p75).length,
  };
};

/** Linear between the two nearest, as PostgreSQL's percentile_cont. */
export const percentileOf = (sorted: readonly number[], share: number): number => {
  const at = (sorted.length - 1) * share;
  const low = Math.floor(at);
  const below = sorted[low] ?? 0;
  const above = sorted[Math.min(sorted.length - 1, low + 1)] ?? below;
  return below + (above - below) * (at - low);
};

const patientFigures = [
  'dlpMgyCm',
  'doseAreaProductDgyCm2',
  'averageGlandularDoseMgy',
  'referencePointDoseMgy',
] as const;

/** What the patient of an exam has received in this hospital. */
export const describePatientDose = async (unit: UnitOfWork, examId: string): Promise<PatientDose> => {
  const rows = await findPatientDose(unit, examId);
  const totals = Object.fromEntries(
    patientFigures.map((name) => {
      const values = rows.map((row) => row[name]).filter((value) => value !== null);
      return [name, values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0)];
    }),
  ) as PatientDose['totals'];
  return { exams: rows.map(({ examAt, ...row }) => ({ ...row, examAt: examAt.toISOString() })), totals };
};
