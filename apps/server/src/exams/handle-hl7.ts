import { randomUUID } from 'node:crypto';
import { AppError } from '@jiapian/kernel';
import { orderPriorityOf } from '@jiapian/rules';
import { recordEntry, systemActor } from '../audit/index.ts';
import type { UnitOfWork } from '../platform/database.ts';
import type { Hl7Message } from '../platform/hl7-message.ts';
import { applyOrder } from './apply-order.ts';
import { recordExamEvents } from './exam-events.repository.ts';
import { hl7Moment } from './hl7-values.ts';
import { ordersFromHl7 } from './order-from-hl7.ts';
import { findExamsOfPatient, moveStay, saveMerge } from './orders.repository.ts';
import { mergeEvents, mergeFromHl7, stayEvents, stayFromHl7 } from './patient-from-hl7.ts';

/** What a message did: how many orders it touched; `ignored` for one that says nothing we keep. */
export interface Handled {
  state: 'processed' | 'ignored';
  orders: number;
}

const orderTypes = new Set(['ORM^O01', 'OMG^O19', 'OMI^O23']);
/** Exams of one person whose time line says that their number was merged. */
const MERGED_EXAMS_MAX = 500;
const actor = systemActor('hl7');

/** Does what a message says, in the given transaction. Throws `HL7_UNSUPPORTED` for a type that is not ours. */
export const handleHl7 = async (
  unit: UnitOfWork,
  message: Hl7Message,
  { messageId, now, source = 'hl7' }: { messageId: string; now: Date; source?: 'hl7' | 'file' },
): Promise<Handled> => {
  const [kind, event = ''] = message.type.split('^');
  if (orderTypes.has(message.type)) return handleOrders(unit, message, { now, source });
  if (kind === 'ADT' && mergeEvents.has(event)) return handleMerge(unit, message, { messageId, now });
  if (kind === 'ADT' && stayEvents.has(event)) return handleStay(unit, message, now);
  // Other events of a patient's stay are welcome and say nothing about an exam.
  if (kind === 'ADT') return { state: 'ignored', orders: 0 };
  throw new AppError('HL7_UNSUPPORTED', { type: message.type });
};

/** The sender's own time orders two words about one thing; without one, the time of arrival does. */
const toldAtOf = (message: Hl7Message, now: Date): Date => {
  const told = hl7Moment(message.sentAt);
  // Without an offset the hospital's zone would be needed; both words of one sender are shifted alike.
  const at = told === null ? now : new Date(/[+-]\d{2}:\d{2}$/.test(told) ? told : `${told}Z`);
  return at;
};

const handleOrders = async (
  unit: UnitOfWork,
  message: Hl7Message,
  { now, source }: { now: Date; source: 'hl7' | 'file' },
): Promise<Handled> => {
  const orders = ordersFromHl7(message);
  for (const order of orders) {
    const applied = await applyOrder(unit, order, { source, toldAt: toldAtOf(message, now), now });
    await recordEntry(unit, actor, {
      action: `exams.order-${applied.outcome}`,
      subjectKind: 'order',
      subjectId: applied.orderId,
      facts: { controlId: message.controlId },
    });
  }
  return { state: orders.length === 0 ? 'ignored' : 'processed', orders: orders.length };
};

const handleStay = async (unit: UnitOfWork, message: Hl7Message, now: Date): Promise<Handled> => {
  const { dicomPatientId, patientClass, ward } = stayFromHl7(message);
  const priority = orderPriorityOf({ code: '', patientClass, ward });
  const orders = await moveStay(unit, { dicomPatientId, patientClass, ward, priority, at: now });
  return { state: 'processed', orders };
};

/** The register is not rewritten: the merge stands beside it, and on the time line of the exams that it concerns. */
const handleMerge = async (
  unit: UnitOfWork,
  message: Hl7Message,
  { messageId, now }: { messageId: string; now: Date },
): Promise<Handled> => {
  const { keptPatientId: kept, mergedPatientId: merged } = mergeFromHl7(message);
  const id = randomUUID();
  const toldAt = toldAtOf(message, now);
  if (!(await saveMerge(unit, { id, kept, merged, messageId, toldAt, at: now })))
    return { state: 'processed', orders: 0 };
  const examIds = await findExamsOfPatient(unit, merged, MERGED_EXAMS_MAX);
  await recordExamEvents(
    unit,
    examIds.map((examId) => ({ examId, at: now, event: 'patient.merged', facts: { patientMergeId: id } })),
  );
  await unit.emit({ name: 'patient.merged', payload: { patientMergeId: id } });
  await recordEntry(unit, actor, {
    action: 'exams.patient-merged',
    subjectKind: 'patient-merge',
    subjectId: id,
    facts: { exams: examIds.length },
  });
  return { state: 'processed', orders: 0 };
};
