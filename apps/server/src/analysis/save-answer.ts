import { randomUUID } from 'node:crypto';
import type { AnalyserAnswer } from '@jiapian/contract';
import type { Measurement, NotMeasured } from '@jiapian/rules';
import type { UnitOfWork } from '../platform/database.ts';
import { softwareVersion } from '../platform/software-version.ts';
import type { AnalyserRow } from './analysers.repository.ts';
import { insertFigures, insertFindings, insertRun, type StoredFinding } from './results.repository.ts';
import { findSilencedRules, isSilenced } from './rule-state.repository.ts';
import { checksumOf } from './save-analysis.ts';
import type { SubjectContext } from './subject-context.repository.ts';
import type { DueTask } from './tasks.repository.ts';

/** What came of a picture: an answer, a reason why it was not sent, or how the analyser failed. */
export type AnalyserOutcome =
  { answer: AnalyserAnswer } | { notSent: string } | { failure: string; isPassing: boolean };

/** Stores a run of an analyser beside our own; a failure is a named reason and never a figure. */
export const saveAnswer = async (
  unit: UnitOfWork,
  {
    analyser,
    task,
    context,
    outcome,
    at,
    durationMs,
  }: {
    analyser: AnalyserRow;
    task: DueTask;
    context: SubjectContext;
    outcome: AnalyserOutcome;
    at: Date;
    durationMs: number;
  },
): Promise<void> => {
  const runId = randomUUID();
  const program = 'answer' in outcome ? outcome.answer.program : null;
  await insertRun(unit, {
    run_id: runId,
    exam_id: task.examId,
    subject_uid: task.subjectUid,
    subject_kind: task.subjectKind,
    analysis_version: task.analysisVersion,
    analyser_id: analyser.analyserId,
    software_version: program === null ? softwareVersion : `${program.name} ${program.version}`,
    input_sha256: checksumOf(context.objects),
    object_count: context.objects.length,
    failure_reason: 'failure' in outcome ? outcome.failure : null,
    device_id: context.deviceId,
    position_code: context.positionCode,
    modality: '',
    measured_at: at,
    duration_ms: Math.round(durationMs),
  });
  const own = (name: string): string => `${analyser.code}:${name}`;
  await insertFigures(unit, runId, figuresOf(outcome, own));
  if (!('answer' in outcome)) return;
  const silenced = await findSilencedRules(unit);
  await insertFindings(
    unit,
    runId,
    outcome.answer.findings.map((finding) => {
      const { version, severity, message, rule, ...evidence } = finding;
      const isSilent = isSilenced(silenced, own(rule), version);
      const head = { rule: own(rule), severity, message, findingId: randomUUID(), ruleVersion: version, isSilent };
      return { ...head, evidence: evidenceOf(evidence, own) };
    }),
  );
};

const figuresOf = (
  outcome: AnalyserOutcome,
  own: (name: string) => string,
): { measurements: Measurement[]; notMeasured: NotMeasured[] } => {
  if (!('answer' in outcome)) {
    const reason = 'failure' in outcome ? outcome.failure : outcome.notSent;
    return { measurements: [], notMeasured: [{ metric: own('picture'), reason }] };
  }
  const { measurements, notMeasured } = outcome.answer;
  return {
    measurements: measurements.map(({ where, place, ...figure }) => ({
      ...figure,
      metric: own(figure.metric),
      ...(where === undefined ? {} : { where }),
      ...(place === undefined ? {} : { place }),
    })),
    notMeasured: notMeasured.map(({ metric, where, reason }) => ({
      metric: own(metric),
      reason,
      ...(where === undefined ? {} : { where }),
    })),
  };
};

type Evidence = Pick<AnalyserAnswer['findings'][number], 'metric' | 'value' | 'unit' | 'limit' | 'place'>;

const evidenceOf = (
  { metric, value, unit, limit, place }: Evidence,
  own: (name: string) => string,
): StoredFinding['evidence'] => ({
  ...(metric === undefined ? {} : { metric: own(metric) }),
  ...(value === undefined ? {} : { value }),
  ...(unit === undefined ? {} : { unit }),
  ...(limit === undefined ? {} : { limit, limitFrom: 'published' as const }),
  ...(place === undefined ? {} : { place }),
});
