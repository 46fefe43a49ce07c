import type { UnitOfWork } from '../platform/database.ts';

export const insertMeetingNote = async (
  unit: UnitOfWork,
  note: { meetingId: string; noteId: string; number: number; text: string; at: Date },
): Promise<void> => {
  await unit.db
    .insertInto('meeting_note')
    .values({
      hospital_id: unit.hospitalId,
      meeting_id: note.meetingId,
      note_id: note.noteId,
      number: note.number,
      text: note.text,
      at: note.at,
    })
    .execute();
};

export const findMeetingNotes = (unit: UnitOfWork, meetingId: string) =>
  unit.db
    .selectFrom('meeting_note')
    .select(['number', 'text', 'at'])
    .where('hospital_id', '=', unit.hospitalId)
    .where('meeting_id', '=', meetingId)
    .orderBy('at')
    .orderBy('note_id')
    .execute();
