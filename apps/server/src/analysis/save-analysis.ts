import { createHash, randomUUID } from 'node:crypto';
import type { Clock } from '@jiapian/kernel';
import { checkOrder, defaultFindingRules, findingsOf, type HeaderCheck } from '@jiapian/rules';
import type { UnitOfWork } from '../platform/database.ts';
import { softwareVersion } from '../platform/software-version.ts';
import { figureKey, findBaselines } from './baselines.repository.ts';
import type { Analysed } from './measure-job.ts';
import { findOrdersOfExam } from './orders-of-exam.repository.ts';
import { insertDose, insertFigures, insertFindings, insertRun } from './results.repository.ts';
import { queueForAnalysers } from './analyser-tasks.repository.ts';
import { findSilencedRules, isSilenced } from './rule-state.repository.ts';
import type { SubjectContext } from './subject-context.repository.ts';
import type { DueTask } from './tasks.repository.ts';

/** Metrics whose limits a device's baseline moves. */
const baselineMetrics = [
  ...new Set(
    defaultFindingRules.flatMap((rule) =>
      rule.kind === 'limit' && rule.baselineDeviations !== null ? rule.metric : [],
    ),
  ),
];
const ruleVersions = new Map(defaultFindingRules.map(({ id, version }) => [id, version]));

export interface SavedAnalysis {
  task: DueTask;
  context: SubjectContext;
  analysed: Analysed;
  failureReason: string | null;
  durationMs: number;
}

/** Stores one run with its figures, hints and dose: append-only, with what they were made from and by. */
export const saveAnalysis = async (
  unit: UnitOfWork,
  clock: Clock,
  { task, context, analysed, failureReason, durationMs }: SavedAnalysis,
): Promise<void> => {
  const { header } = analysed;
  const weight = header?.patientWeightKg ?? null;
  const runId = randomUUID();
  // A series has no position of the library: its protocol stands for it.
  const positionCode = task.subjectKind === 'series' ? context.protocol || null : context.positionCode;
  const place = { deviceId: context.deviceId, positionCode };
  await insertRun(unit, {
    run_id: runId,
    exam_id: task.examId,
    subject_uid: task.subjectUid,
    subject_kind: task.subjectKind,
    analysis_version: task.analysisVersion,
    software_version: softwareVersion,
    input_sha256: checksumOf(context.objects),
    object_count: context.objects.length,
    failure_reason: failureReason,
    device_id: context.deviceId,
    position_code: positionCode,
    modality: header?.modality ?? '',
    patient_weight_kg: weight,
    measured_at: clock.now(),
    duration_ms: Math.round(durationMs),
  });
  await insertFigures(unit, runId, analysed);
  const baselines = await findBaselines(unit, place, baselineMetrics);
  const silenced = await findSilencedRules(unit);
  const findings = findingsOf(
    {
      modality: header?.modality ?? '',
      measurements: analysed.measurements,
      checks: [...(header?.checks ?? []), ...(await orderChecks(unit, task.examId, analysed))],
      baselineOf: (metric, where) => baselines.get(figureKey(metric, where)) ?? null,
      ...(weight === null ? {} : { size: weight }),
    },
    defaultFindingRules,
  );
  const stored = findings.map((finding) => {
    const ruleVersion = ruleVersions.get(finding.rule) ?? 1;
    const isSilent = isSilenced(silenced, finding.rule, ruleVersion);
    return { ...finding, findingId: randomUUID(), ruleVersion, isSilent };
  });
  await insertFindings(unit, runId, stored);
  if (header !== null && failureReason === null)
    await queueForAnalysers(
      unit,
      { ...task, modality: header.modality, positionCode: context.positionCode },
      clock.now(),
    );
  if (header !== null && header.dose !== null)
    await insertDose(
      unit,
      { runId, examId: task.examId, regionWords: header.regionWords, ageYears: header.ageYears },
      header.dose,
    );
};

/** What the film says against the orders of its exam. */
const orderChecks = async (
  unit: UnitOfWork,
  examId: string,
  { header, measurements }: Analysed,
): Promise<HeaderCheck[]> =>
  header === null || header.annotation === null
    ? []
    : checkOrder(header.annotation, await findOrdersOfExam(unit, examId), measurements);

/** Of one object its own checksum; of several that of their checksums in order. */
export const checksumOf = (objects: SubjectContext['objects']): string => {
  const sums = objects.map(({ sha256 }) => sha256).sort();
  return sums.length === 1 ? sums[0]! : createHash('sha256').update(sums.join('\n')).digest('hex');
};
