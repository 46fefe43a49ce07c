import type { OrderRequest } from '@jiapian/contract';
import { AppError, transition } from '@jiapian/kernel';
import { orderPriorityOf, orderTable, patientClassOf, type PatientClass } from '@jiapian/rules';
import type { UnitOfWork } from '../platform/database.ts';
import { linkOrder } from './link-orders.ts';
import { newOrderedId } from './ordered-id.ts';
import { lockOrderNumber, lockOrders, moveOrder, saveOrder, type KnownOrder } from './orders.repository.ts';

export interface AppliedOrder {
  orderId: string;
  outcome: 'added' | 'changed' | 'cancelled' | 'stale';
  examId: string | null;
}

/** When and by which way an order was told. */
export interface Telling {
  source: 'hl7' | 'api' | 'file';
  toldAt: Date;
  now: Date;
}

/** Words of the interface beside the codes of HL7. */
const classWords = new Set<string>(['outpatient', 'inpatient', 'emergency']);
const classOf = (text: string): PatientClass => (classWords.has(text) ? (text as PatientClass) : patientClassOf(text));

/**
 * Enters an order or what its sender now says of it. The same word again changes nothing but its time; an older word
 * that comes late changes nothing at all. Cancelling an order that is not known throws `EXAMS_ORDER_NOT_FOUND`.
 */
export const applyOrder = async (unit: UnitOfWork, order: OrderRequest, telling: Telling): Promise<AppliedOrder> => {
  const number = order.accessionNumber || order.fillerOrderNumber || order.placerOrderNumber;
  const hasStep = order.scheduledStepId !== '';
  const orderKey = hasStep ? `${number}#${order.scheduledStepId}` : number;
  await lockOrderNumber(unit, number);
  const known = await lockOrders(unit, { orderKey, number, hasStep });
  const [first] = known;
  if (first !== undefined && known.every(({ told_at }) => told_at > telling.toldAt)) {
    return { orderId: first.order_id, outcome: 'stale', examId: first.exam_id };
  }
  if (order.control === 'cancel') return cancel(unit, known, telling.now);
  return renew(unit, { order, orderKey, known }, telling);
};

const cancel = async (unit: UnitOfWork, known: readonly KnownOrder[], now: Date): Promise<AppliedOrder> => {
  const [first] = known;
  if (first === undefined) throw new AppError('EXAMS_ORDER_NOT_FOUND', { reason: 'cancelled before it was ordered' });
  for (const { order_id, state } of known) {
    const next = transition(orderTable, state, 'cancelled');
    if (next.ok) await moveOrder(unit, order_id, { state: next.value, at: now });
  }
  return { orderId: first.order_id, outcome: 'cancelled', examId: first.exam_id };
};

const renew = async (
  unit: UnitOfWork,
  { order, orderKey, known }: { order: OrderRequest; orderKey: string; known: readonly KnownOrder[] },
  { source, toldAt, now }: Telling,
): Promise<AppliedOrder> => {
  const { control: _, ...values } = order;
  const patientClass = classOf(order.patientClass);
  const before = known[0];
  const next = before === undefined ? undefined : transition(orderTable, before.state, 'renewed');
  const orderId = before?.order_id ?? newOrderedId(now);
  await saveOrder(unit, {
    ...values,
    orderId,
    // A message without the step means the one that is known.
    orderKey: before?.order_key ?? orderKey,
    patientClass,
    priority: orderPriorityOf({ code: order.priorityCode, patientClass, ward: order.ward }),
    state: next?.ok === true ? next.value : 'expected',
    source,
    toldAt,
    receivedAt: now,
  });
  const examId = await linkOrder(unit, orderId, now);
  return { orderId, outcome: before === undefined ? 'added' : 'changed', examId };
};
