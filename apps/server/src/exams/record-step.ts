import type { DicomJson } from '@jiapian/dicom';
import { transition } from '@jiapian/kernel';
import { orderTable, performedStepEventOf, performedStepTable, type OrderEvent } from '@jiapian/rules';
import type { UnitOfWork } from '../platform/database.ts';
import type { LiveEvents } from '../platform/live-events.ts';
import { completePerformedExam } from './complete-exams.ts';
import { recordExamEvents, type ExamEvent } from './exam-events.repository.ts';
import { newOrderedId } from './ordered-id.ts';
import { moveOrder } from './orders.repository.ts';
import {
  addStep,
  changeStep,
  findExamOfStep,
  findOrdersOfStep,
  findStepsOfExams,
  isExamPerformed,
  linkStep,
  lockStep,
  replaceStepImages,
  type StepFacts,
  type StepMatch,
} from './performed-steps.repository.ts';
import { stepFactsOf, stepImagesOf } from './step-facts.ts';

/** What became of a word of a modality about its step. */
export type StepOutcome = 'done' | 'duplicate' | 'unknown' | 'final' | 'wrong-status';

export interface StepWord {
  sopInstanceUid: string;
  callingAeTitle: string;
  content: DicomJson;
  status: string;
}
export interface Around {
  now: Date;
  liveEvents: Pick<LiveEvents, 'publishWith'>;
}

/** N-CREATE: the modality has begun. */
export const beginStep = async (unit: UnitOfWork, word: StepWord, around: Around): Promise<StepOutcome> => {
  if (word.status !== 'IN PROGRESS') return 'wrong-status';
  const { sopInstanceUid, callingAeTitle, content } = word;
  const facts = stepFactsOf(content, { sopInstanceUid, callingAeTitle, state: 'in-progress' });
  const stepId = newOrderedId(around.now);
  if (!(await addStep(unit, stepId, facts, around.now))) return 'duplicate';
  await replaceStepImages(unit, stepId, stepImagesOf(content));
  await follow(unit, { stepId, facts, before: null }, around);
  return 'done';
};

/** N-SET: more about the step, or its end. What is not said again stays as it was. */
export const updateStep = async (unit: UnitOfWork, word: StepWord, around: Around): Promise<StepOutcome> => {
  const known = await lockStep(unit, word.sopInstanceUid);
  if (known === undefined) return 'unknown';
  const event = performedStepEventOf(word.status);
  if (event === undefined) return 'wrong-status';
  const next = transition(performedStepTable, known.state, event);
  if (!next.ok) return 'final';
  const content = { ...known.content, ...word.content };
  const { sopInstanceUid } = word;
  const facts = stepFactsOf(content, { sopInstanceUid, callingAeTitle: known.calling_ae_title, state: next.value });
  const stepId = known.performed_step_id;
  await changeStep(unit, stepId, facts, around.now);
  await replaceStepImages(unit, stepId, stepImagesOf(content));
  await follow(unit, { stepId, facts, before: known.exam_id }, around);
  return 'done';
};

const orderEventOf: Readonly<Record<StepFacts['state'], OrderEvent>> = {
  'in-progress': 'started',
  completed: 'completed',
  discontinued: 'discontinued',
};

/** The order moves, the exam's time line is told, and an exam whose images are all here is complete. */
const follow = async (
  unit: UnitOfWork,
  { stepId, facts, before }: { stepId: string; facts: StepFacts; before: string | null },
  around: Around,
): Promise<void> => {
  for (const { order_id, state } of await findOrdersOfStep(unit, facts)) {
    const next = transition(orderTable, state, orderEventOf[facts.state]);
    if (next.ok && next.value !== state) await moveOrder(unit, order_id, { state: next.value, at: around.now });
  }
  await around.liveEvents.publishWith(unit, 'orders.changed');
  const match = await findExamOfStep(unit, stepId);
  if (match === undefined) return;
  if (before === null) await linkStep(unit, match);
  const events = eventsOf(match);
  await recordExamEvents(unit, before === null ? events : events.slice(1));
  await completeWhenPerformed(unit, match.exam_id, around);
};

/** Exams that have come in find the steps of their modality, and are complete when those say so. */
export const linkSteps = async (unit: UnitOfWork, examIds: readonly string[], around: Around): Promise<void> => {
  const matches = await findStepsOfExams(unit, examIds);
  for (const match of matches.filter(({ is_linked }) => !is_linked)) {
    await linkStep(unit, match);
    await recordExamEvents(unit, eventsOf(match));
  }
  for (const examId of new Set(matches.map(({ exam_id }) => exam_id)))
    await completeWhenPerformed(unit, examId, around);
};

const completeWhenPerformed = async (unit: UnitOfWork, examId: string, around: Around): Promise<void> => {
  if (await isExamPerformed(unit, examId)) await completePerformedExam(unit, examId, around);
};

/** The beginning, and the end when there is one, at the times that the modality gives. */
const eventsOf = (match: StepMatch): ExamEvent[] => {
  const facts = { performedStepId: match.performed_step_id };
  const { exam_id: examId, started_at, ended_at, state, reason_code } = match;
  const begun = { examId, at: started_at, event: 'step.started', facts };
  if (state === 'in-progress' || ended_at === null) return [begun];
  const why = reason_code === '' ? facts : { ...facts, discontinuation: reason_code };
  return [begun, { examId, at: ended_at, event: `step.${state}`, facts: why }];
};
