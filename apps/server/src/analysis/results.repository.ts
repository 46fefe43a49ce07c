import type { DoseReport } from '@jiapian/dicom';
import type { Finding, Measured } from '@jiapian/rules';
import type { Insertable } from 'kysely';
import type { DatabaseSchema } from '../platform/database-schema.ts';
import type { UnitOfWork } from '../platform/database.ts';

export const insertRun = async (
  { db, hospitalId }: UnitOfWork,
  run: Omit<Insertable<DatabaseSchema['analysis_run']>, 'hospital_id'>,
): Promise<void> => {
  await db
    .insertInto('analysis_run')
    .values({ hospital_id: hospitalId, ...run })
    .execute();
};

/** Rows of one statement; PostgreSQL takes 65,535 values in one. */
const rowsAtOnce = 1_000;

export const insertFigures = async (
  { db, hospitalId }: UnitOfWork,
  runId: string,
  measured: Measured,
): Promise<void> => {
  const base = { hospital_id: hospitalId, run_id: runId };
  for (const rows of slices(measured.measurements))
    await db
      .insertInto('measurement')
      .values(
        rows.map(({ metric, where, value, unit, method, version, place }) => ({
          ...base,
          metric,
          part: where ?? '',
          value,
          unit,
          method,
          method_version: version,
          place: place === undefined ? null : JSON.stringify(place),
        })),
      )
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  for (const rows of slices(measured.notMeasured))
    await db
      .insertInto('not_measured')
      .values(rows.map(({ metric, where, reason }) => ({ ...base, metric, part: where ?? '', reason })))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
};

export interface StoredFinding extends Finding {
  findingId: string;
  ruleVersion: number;
  isSilent: boolean;
}

export const insertFindings = async (
  { db, hospitalId }: UnitOfWork,
  runId: string,
  findings: readonly StoredFinding[],
): Promise<void> => {
  for (const rows of slices(findings))
    await db
      .insertInto('finding')
      .values(
        rows.map(({ findingId, rule, ruleVersion, severity, message, deduction, evidence, isSilent }) => ({
          hospital_id: hospitalId,
          finding_id: findingId,
          run_id: runId,
          rule,
          rule_version: ruleVersion,
          severity,
          message: JSON.stringify(message),
          deduction: deduction ?? null,
          evidence: JSON.stringify(evidence),
          is_silent: isSilent,
        })),
      )
      .execute();
};

export const insertDose = async (
  { db, hospitalId }: UnitOfWork,
  place: { runId: string; examId: string; regionWords: string; ageYears: number | null },
  { source, eventCount, totals, events }: DoseReport,
): Promise<void> => {
  await db
    .insertInto('dose_report')
    .values({
      hospital_id: hospitalId,
      run_id: place.runId,
      exam_id: place.examId,
      source,
      event_count: eventCount,
      totals: JSON.stringify(totals),
      dlp_mgy_cm: totals.dlpMgyCm ?? null,
      highest_ctdi_vol_mgy: totals.highestCtdiVolMgy ?? null,
      dose_area_product_dgy_cm2: totals.doseAreaProductDgyCm2 ?? null,
      reference_point_dose_mgy: totals.referencePointDoseMgy ?? null,
      average_glandular_dose_mgy: totals.averageGlandularDoseMgy ?? null,
      region_words: place.regionWords,
      age_years: place.ageYears,
    })
    .execute();
  for (const rows of slices([...events.entries()]))
    await db
      .insertInto('dose_event')
      .values(
        rows.map(([at, event]) => ({
          hospital_id: hospitalId,
          run_id: place.runId,
          event_number: at + 1,
          event_uid: event.uid ?? null,
          kind: event.kind,
          is_rejected: event.rejected,
          is_repeated: event.repeated,
          rejection_reason: event.rejectionReason ?? null,
          ctdi_vol_mgy: event.ctdiVolMgy ?? null,
          dlp_mgy_cm: event.dlpMgyCm ?? null,
          ssde_mgy: event.ssdeMgy ?? null,
          dose_area_product_dgy_cm2: event.doseAreaProductDgyCm2 ?? null,
          reference_point_dose_mgy: event.referencePointDoseMgy ?? null,
          average_glandular_dose_mgy: event.averageGlandularDoseMgy ?? null,
          tube_voltage_kv: event.tubeVoltageKv ?? null,
          exposure_mas: event.exposureMas ?? null,
          figures: JSON.stringify(event),
        })),
      )
      .execute();
};

function* slices<Row>(rows: readonly Row[]): Generator<Row[]> {
  for (let at = 0; at < rows.length; at += rowsAtOnce) yield rows.slice(at, at + rowsAtOnce);
}
