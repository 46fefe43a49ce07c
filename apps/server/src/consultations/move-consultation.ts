import { AppError, transition } from '@jiapian/kernel';
import { consultationTable, type ConsultationEvent, type ConsultationState } from '@jiapian/rules';
import type { UnitOfWork } from '../platform/database.ts';
import { lockConsultation, type ConsultationRecord } from './consultation.repository.ts';

/** The consultation, locked until the transaction ends. */
export const requireConsultation = async (unit: UnitOfWork, consultationId: string): Promise<ConsultationRecord> => {
  const found = await lockConsultation(unit, consultationId);
  if (!found) throw new AppError('CONSULTATION_NOT_FOUND');
  return found;
};

/** The state after an event, or a refusal that says where it stands. */
export const stateAfter = (from: ConsultationState, event: ConsultationEvent): ConsultationState => {
  const next = transition(consultationTable, from, event);
  if (!next.ok) throw new AppError('CONSULTATION_ILLEGAL', { state: from, event });
  return next.value;
};
