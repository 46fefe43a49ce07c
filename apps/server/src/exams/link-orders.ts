import { transition } from '@jiapian/kernel';
import { orderTable } from '@jiapian/rules';
import type { UnitOfWork } from '../platform/database.ts';
import { recordExamEvents } from './exam-events.repository.ts';
import {
  addExamOddity,
  findExamsOfOrder,
  findOrdersOfExams,
  findOrdersThatLeft,
  removeExamOddity,
  takeOverPriority,
  type OrderMatch,
} from './order-links.repository.ts';
import { moveOrder } from './orders.repository.ts';

/** Exams that have come in find their orders, in the same transaction: the gate knows the priority from the start. */
export const linkExams = async (unit: UnitOfWork, examIds: readonly string[], now: Date): Promise<void> => {
  for (const match of await findOrdersOfExams(unit, examIds)) await link(unit, match, now);
};

/** An order that comes after its images finds them; answers the exam, if there is one. */
export const linkOrder = async (unit: UnitOfWork, orderId: string, now: Date): Promise<string | null> => {
  const [newest] = await findExamsOfOrder(unit, orderId);
  if (newest === undefined) return null;
  await link(unit, newest, now);
  return newest.exam_id;
};

/**
 * After a correction: an order whose images are another's by now, or that has none left, is waited for again, and the
 * exam finds the order that it belongs to.
 */
export const relinkOrders = async (unit: UnitOfWork, examId: string, now: Date): Promise<void> => {
  for (const { order_id, state } of await findOrdersThatLeft(unit, examId)) {
    const next = transition(orderTable, state, 'images-left');
    await moveOrder(unit, order_id, { state: next.ok ? next.value : state, examId: null, at: now });
    await recordExamEvents(unit, [{ examId, at: now, event: 'order.unlinked', facts: { orderId: order_id } }]);
  }
  await removeExamOddity(unit, examId, otherPatient);
  await linkExams(unit, [examId], now);
};

const otherPatient = { keyword: 'PatientID', reason: 'is not the one of the order with this accession number' };

/** Throws nothing for an order of another patient: the images are here, and people must see that they do not fit. */
const link = async (unit: UnitOfWork, match: OrderMatch, now: Date): Promise<void> => {
  const { order_id, exam_id, state } = match;
  if (match.is_other_patient) await addExamOddity(unit, exam_id, otherPatient);
  const next = transition(orderTable, state, 'images-arrived');
  if (next.ok && (next.value !== state || !match.is_linked)) {
    await moveOrder(unit, order_id, { state: next.value, examId: exam_id, at: now });
  }
  const isChanged = await takeOverPriority(unit, match);
  if (!match.is_linked) {
    const facts = { orderId: order_id, priority: match.priority, patientClass: match.patient_class };
    await recordExamEvents(unit, [{ examId: exam_id, at: now, event: 'order.linked', facts }]);
  }
  if (isChanged) await unit.emit({ name: 'exam.prioritized', payload: { examId: exam_id } });
};
