import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KEY_OBJECT_SELECTION_SOP_CLASS } from '@jiapian/dicom';
import { transition } from '@jiapian/kernel';
import { backOffMs, backOffWaitsMs, rejectionTable, type RejectionState } from '@jiapian/rules';
import { recordExamEvent } from '../exams/index.ts';
import type { UnitOfWork } from '../platform/database.ts';
import { findDestination } from './destination.repository.ts';
import type { ForwardingParts } from './forward-objects.ts';
import type { SendAnswer } from './outgoing.ts';
import { lockRejection, updateRejection } from './rejection.repository.ts';
import { takeRejections, type DueRejection } from './rejection-queue.repository.ts';
import { breakdownText } from './send-dimse.ts';

const NOTES_PER_ROUND = 20;
const EXPLICIT_VR_LITTLE_ENDIAN = '1.2.840.10008.1.2.1';

export interface RejectionParts extends ForwardingParts {
  /** Where a note lies while it is sent. */
  cache: string;
}

/** Sends the notes that are due, one after the other; ends when none is. */
export const sendRejections = async (parts: RejectionParts, signal: AbortSignal): Promise<void> => {
  const due = await parts.database.withSystem((unit) => takeRejections(unit, parts.clock.now(), NOTES_PER_ROUND));
  for (const rejection of due) {
    const answer = await sendNote(parts, rejection, signal);
    await parts.database.withHospital(rejection.hospital_id, (unit) => recordAnswer(unit, parts, rejection, answer));
    await parts.live.publish(rejection.hospital_id, 'forwards.changed', { examId: rejection.exam_id });
  }
};

const sendNote = async (parts: RejectionParts, rejection: DueRejection, signal: AbortSignal): Promise<SendAnswer> => {
  const destination = await parts.database.withHospital(rejection.hospital_id, (unit) =>
    findDestination(unit, rejection.destination_id),
  );
  if (!destination) return { outcome: 'refused', code: 'no-destination', text: '' };
  const path = join(parts.cache, `rejection-${rejection.rejection_id}.dcm`);
  const object = {
    path,
    dataSetOffset: 0,
    sopClassUid: KEY_OBJECT_SELECTION_SOP_CLASS,
    sopInstanceUid: rejection.sop_instance_uid,
    transferSyntaxUid: EXPLICIT_VR_LITTLE_ENDIAN,
  };
  const sender = parts.senderOf(destination);
  let answer: SendAnswer = { outcome: 'failed', code: 'no-answer', text: '', isAboutDestination: true };
  try {
    await writeFile(path, rejection.content, { mode: 0o600 });
    await sender([object], (_, given) => (answer = given), signal);
  } catch (cause) {
    answer = { ...answer, text: breakdownText(cause) };
  } finally {
    await sender.close?.();
    await rm(path, { force: true });
  }
  return answer;
};

const recordAnswer = async (
  unit: UnitOfWork,
  parts: RejectionParts,
  rejection: DueRejection,
  answer: SendAnswer,
): Promise<void> => {
  const at = parts.clock.now();
  const current = await lockRejection(unit, rejection.rejection_id);
  const event = answer.outcome === 'sent' ? 'accepted' : answer.outcome;
  const next = current && transition(rejectionTable, current.state as RejectionState, event);
  if (!next?.ok) return;
  const attempts = rejection.attempts + 1;
  // A rejection is never given up: the archive would go on showing what it must not.
  const waitMs = backOffMs(Math.min(attempts, backOffWaitsMs.length)) ?? 0;
  await updateRejection(unit, rejection.rejection_id, {
    state: next.value,
    attempts,
    next_attempt_at: new Date(at.getTime() + waitMs),
    answer_code: answer.code,
    answer_text: answer.text,
    ...(answer.outcome === 'sent' && { sent_at: at }),
  });
  await recordExamEvent(unit, {
    examId: rejection.exam_id,
    at,
    event: `rejection.${next.value}`,
    facts: { title: rejection.title, code: answer.code },
  });
};
