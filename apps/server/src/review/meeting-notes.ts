import { randomUUID } from 'node:crypto';
import type { Clock } from '@jiapian/kernel';
import { recordEntry, type AuditActor } from '../audit/index.ts';
import type { UnitOfWork } from '../platform/database.ts';
import { insertMeetingNote } from './meeting-note.repository.ts';
import { requireLedOpen } from './run-meeting.ts';

/** A line for the minutes, dictated by the leader, to the film on the screen. */
export const noteInMeeting = async (
  unit: UnitOfWork,
  clock: Clock,
  by: AuditActor,
  meetingId: string,
  note: { accountId: string; text: string },
): Promise<void> => {
  const meeting = await requireLedOpen(unit, meetingId, note.accountId);
  await insertMeetingNote(unit, {
    ...{ meetingId, noteId: randomUUID(), number: meeting.current_film, text: note.text, at: clock.now() },
  });
  await recordEntry(unit, by, { action: 'review.meeting-noted', subjectKind: 'meeting', subjectId: meetingId });
};
