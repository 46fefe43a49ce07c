import type { Grade } from '@jiapian/kernel';
import { sql } from 'kysely';
import type { SystemUnitOfWork, UnitOfWork } from '../platform/database.ts';

/** Meetings on the list. */
const shownMeetings = 50;

export const insertMeeting = async (
  unit: UnitOfWork,
  meeting: {
    meetingId: string;
    title: string;
    leader: string;
    at: Date;
    joinCode: string;
    decideBy: 'leader' | 'majority';
    plannedMinutes: number;
    typedCode: string;
    minimumVotes: number;
    films: readonly { filmId: string; because: 'disputed' | 'rejected' | 'chosen'; gradeBefore: Grade | null }[];
    attendees: readonly { attendeeId: string; staffId: string }[];
  },
): Promise<void> => {
  const key = { hospital_id: unit.hospitalId, meeting_id: meeting.meetingId };
  await unit.db
    .insertInto('meeting')
    .values({
      ...key,
      title: meeting.title,
      leader_account_id: meeting.leader,
      opened_at: meeting.at,
      join_code: meeting.joinCode,
      decide_by: meeting.decideBy,
      planned_minutes: meeting.plannedMinutes,
      typed_code: meeting.typedCode,
      minimum_votes: meeting.minimumVotes,
    })
    .execute();
  await unit.db
    .insertInto('meeting_film')
    .values(
      meeting.films.map(({ filmId, because, gradeBefore }, index) => ({
        ...key,
        ...{ number: index + 1, film_id: filmId, because, grade_before: gradeBefore },
      })),
    )
    .execute();
  await unit.db
    .insertInto('meeting_attendee')
    .values(
      meeting.attendees.map(({ attendeeId, staffId }) => ({ ...key, attendee_id: attendeeId, staff_id: staffId })),
    )
    .execute();
};

export const findMeetings = async (unit: UnitOfWork) => {
  const { rows } = await sql<{
    meeting_id: string;
    title: string;
    opened_at: Date;
    closed_at: Date | null;
    films: number;
    decided: number;
    attended: number;
  }>`
    select meeting.meeting_id, title, opened_at, closed_at,
      (select count(*) from meeting_film f where f.hospital_id = meeting.hospital_id
        and f.meeting_id = meeting.meeting_id) as films,
      (select count(*) from meeting_film f where f.hospital_id = meeting.hospital_id
        and f.meeting_id = meeting.meeting_id and f.decided_at is not null) as decided,
      (select count(*) from meeting_attendee a where a.hospital_id = meeting.hospital_id
        and a.meeting_id = meeting.meeting_id and a.joined_at is not null) as attended
    from meeting where hospital_id = ${unit.hospitalId}
    order by opened_at desc limit ${shownMeetings}`.execute(unit.db);
  return rows;
};

const selectMeeting = (unit: UnitOfWork, meetingId: string) =>
  unit.db
    .selectFrom('meeting')
    .innerJoin('account', (join) =>
      join
        .onRef('account.hospital_id', '=', 'meeting.hospital_id')
        .onRef('account.account_id', '=', 'meeting.leader_account_id'),
    )
    .selectAll('meeting')
    .select('account.display_name as leader_name')
    .where('meeting.hospital_id', '=', unit.hospitalId)
    .where('meeting.meeting_id', '=', meetingId);

export const findMeeting = (unit: UnitOfWork, meetingId: string) => selectMeeting(unit, meetingId).executeTakeFirst();

/** For a vote: it waits for a move that goes on, not for other votes, and a move waits for it. */
export const shareMeeting = (unit: UnitOfWork, meetingId: string) =>
  selectMeeting(unit, meetingId).forShare('meeting').executeTakeFirst();

/** For a change of the meeting itself. */
export const lockMeeting = (unit: UnitOfWork, meetingId: string) =>
  selectMeeting(unit, meetingId).forUpdate('meeting').executeTakeFirst();
export type MeetingRecord = NonNullable<Awaited<ReturnType<typeof lockMeeting>>>;

/** Which hospital's meeting a code belongs to; the phone has nothing else. */
export const findByCode = (system: SystemUnitOfWork, code: string) =>
  system.db
    .selectFrom('meeting')
    .select(['hospital_id', 'meeting_id'])
    .where('join_code', '=', code)
    .where('closed_at', 'is', null)
    .executeTakeFirst();

/** The long code of the open meeting whose short one was typed. */
export const findByTypedCode = (system: SystemUnitOfWork, typedCode: string) =>
  system.db
    .selectFrom('meeting')
    .select('join_code')
    .where('typed_code', '=', typedCode)
    .where('closed_at', 'is', null)
    .executeTakeFirst();

export const updateMeeting = async (
  unit: UnitOfWork,
  meetingId: string,
  part: { current_film?: number; phase?: 'look' | 'voting' | 'revealed'; closed_at?: Date },
): Promise<void> => {
  await unit.db
    .updateTable('meeting')
    .set(part)
    .where('hospital_id', '=', unit.hospitalId)
    .where('meeting_id', '=', meetingId)
    .execute();
};

export const findMeetingFilms = (unit: UnitOfWork, meetingId: string) =>
  unit.db
    .selectFrom('meeting_film')
    .innerJoin('film', (join) =>
      join
        .onRef('film.hospital_id', '=', 'meeting_film.hospital_id')
        .onRef('film.film_id', '=', 'meeting_film.film_id'),
    )
    .innerJoin('exam', (join) =>
      join.onRef('exam.hospital_id', '=', 'film.hospital_id').onRef('exam.exam_id', '=', 'film.exam_id'),
    )
    .selectAll('meeting_film')
    .select([
      'exam.accession_number',
      'exam.description',
      'exam.technologist_id',
      'film.position_code',
      'film.laterality',
    ])
    .select(
      sql<string | null>`accountable_staff(film.hospital_id, exam.technologist_id, film.day)`.as('accountable_id'),
    )
    .where('meeting_film.hospital_id', '=', unit.hospitalId)
    .where('meeting_film.meeting_id', '=', meetingId)
    .orderBy('number')
    .execute();
export type MeetingFilm = Awaited<ReturnType<typeof findMeetingFilms>>[number];

export const findAttendees = (unit: UnitOfWork, meetingId: string) =>
  unit.db
    .selectFrom('meeting_attendee')
    .innerJoin('staff', (join) =>
      join
        .onRef('staff.hospital_id', '=', 'meeting_attendee.hospital_id')
        .onRef('staff.staff_id', '=', 'meeting_attendee.staff_id'),
    )
    .select(['attendee_id', 'meeting_attendee.staff_id', 'token', 'joined_at', 'staff.name'])
    .where('meeting_attendee.hospital_id', '=', unit.hospitalId)
    .where('meeting_id', '=', meetingId)
    .orderBy('staff.staff_number')
    .execute();
export type Attendee = Awaited<ReturnType<typeof findAttendees>>[number];

/** False when another phone has taken the name. */
export const takeName = async (
  unit: UnitOfWork,
  meetingId: string,
  joined: { attendeeId: string; token: string; at: Date },
): Promise<boolean> => {
  const taken = await unit.db
    .updateTable('meeting_attendee')
    .set({ token: joined.token, joined_at: joined.at })
    .where('hospital_id', '=', unit.hospitalId)
    .where('meeting_id', '=', meetingId)
    .where('attendee_id', '=', joined.attendeeId)
    .where('token', 'is', null)
    .returning('attendee_id')
    .executeTakeFirst();
  return taken !== undefined;
};

/** The name may be taken again; that somebody was there stays in the minutes. */
export const freeName = async (unit: UnitOfWork, meetingId: string, attendeeId: string): Promise<void> => {
  await unit.db
    .updateTable('meeting_attendee')
    .set({ token: null })
    .where('hospital_id', '=', unit.hospitalId)
    .where('meeting_id', '=', meetingId)
    .where('attendee_id', '=', attendeeId)
    .execute();
};

/** One vote of a person on a film; a second thought takes its place while voting is open. */
export const saveVote = async (
  unit: UnitOfWork,
  vote: { meetingId: string; number: number; attendeeId: string; grade: Grade; reason: string; at: Date },
): Promise<void> => {
  await unit.db
    .insertInto('meeting_vote')
    .values({
      hospital_id: unit.hospitalId,
      meeting_id: vote.meetingId,
      number: vote.number,
      attendee_id: vote.attendeeId,
      grade: vote.grade,
      reason: vote.reason,
      at: vote.at,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['hospital_id', 'meeting_id', 'number', 'attendee_id'])
        .doUpdateSet({ grade: vote.grade, reason: vote.reason, at: vote.at }),
    )
    .execute();
};

export const findVotes = (unit: UnitOfWork, meetingId: string) =>
  unit.db
    .selectFrom('meeting_vote')
    .select(['number', 'attendee_id', 'grade', 'reason'])
    .where('hospital_id', '=', unit.hospitalId)
    .where('meeting_id', '=', meetingId)
    .execute();

export const decideFilm = async (
  unit: UnitOfWork,
  meetingId: string,
  decided: { number: number; grade: Grade; at: Date; readingId: string; note: string; isKept: boolean },
): Promise<void> => {
  await unit.db
    .updateTable('meeting_film')
    .set({
      decided_grade: decided.grade,
      decided_at: decided.at,
      reading_id: decided.readingId,
      note: decided.note,
      is_kept_for_teaching: decided.isKept,
    })
    .where('hospital_id', '=', unit.hospitalId)
    .where('meeting_id', '=', meetingId)
    .where('number', '=', decided.number)
    .execute();
};
