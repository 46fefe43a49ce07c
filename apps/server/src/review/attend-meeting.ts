import type { PhoneView } from '@jiapian/contract';
import { AppError, type Clock, type Grade } from '@jiapian/kernel';
import { tallyOf } from '@jiapian/rules';
import { recordEntry } from '../audit/index.ts';
import type { Database, UnitOfWork } from '../platform/database.ts';
import {
  findAttendees,
  findByCode,
  findByTypedCode,
  findMeeting,
  findMeetingFilms,
  findVotes,
  saveVote,
  shareMeeting,
  takeName,
} from './meeting.repository.ts';
import { freshCode, isOwn } from './run-meeting.ts';

/** Work inside the hospital whose open meeting has this code; a phone has no account and nothing else to show. */
export const inMeetingOf = async <Value>(
  database: Database,
  code: string,
  work: (unit: UnitOfWork, meetingId: string) => Promise<Value>,
): Promise<Value> => {
  const found = await database.withSystem((system) => findByCode(system, code));
  if (!found) throw new AppError('REVIEW_MEETING_NOT_FOUND');
  return database.withHospital(found.hospital_id, (unit) => work(unit, found.meeting_id));
};

/** The code behind the six signs that stand on the wall. */
export const codeOfTyped = async (database: Database, typedCode: string): Promise<string> => {
  const found = await database.withSystem((system) => findByTypedCode(system, typedCode));
  if (!found) throw new AppError('REVIEW_MEETING_NOT_FOUND');
  return found.join_code;
};

/** The phone joins under one of the names the leader put on the list; a name is one phone's. */
export const joinMeeting = async (
  unit: UnitOfWork,
  clock: Clock,
  meetingId: string,
  attendeeId: string,
): Promise<{ token: string; name: string }> => {
  const attendee = (await findAttendees(unit, meetingId)).find((each) => each.attendee_id === attendeeId);
  if (!attendee) throw new AppError('REVIEW_MEETING_NOT_FOUND');
  const token = freshCode();
  if (!(await takeName(unit, meetingId, { attendeeId, token, at: clock.now() }))) {
    throw new AppError('REVIEW_MEETING_NAME_TAKEN');
  }
  const actor = { accountId: null, actor: `meeting ${meetingId}` };
  await recordEntry(unit, actor, {
    action: 'review.meeting-joined',
    subjectKind: 'staff',
    subjectId: attendee.staff_id,
    facts: { meetingId },
  });
  return { token, name: attendee.name };
};

export const requireAttendee = async (unit: UnitOfWork, meetingId: string, token: string) => {
  const attendee = (await findAttendees(unit, meetingId)).find((each) => each.token === token);
  if (!attendee) throw new AppError('REVIEW_MEETING_NOT_FOUND');
  return attendee;
};

/** What the phone shows: where the meeting is and the own vote; the others' only when revealed. No patient, no image. */
export const describePhone = async (unit: UnitOfWork, meetingId: string, token: string): Promise<PhoneView> => {
  const attendee = await requireAttendee(unit, meetingId, token);
  const meeting = await findMeeting(unit, meetingId);
  if (!meeting) throw new AppError('REVIEW_MEETING_NOT_FOUND');
  const films = await findMeetingFilms(unit, meetingId);
  const film = films.find(({ number }) => number === meeting.current_film);
  const votes = (await findVotes(unit, meetingId)).filter(({ number }) => number === meeting.current_film);
  return {
    title: meeting.title,
    name: attendee.name,
    isOpen: meeting.closed_at === null,
    phase: meeting.phase,
    number: meeting.current_film,
    films: films.length,
    film: { positionCode: film?.position_code ?? null, laterality: film?.laterality ?? null },
    isOwnFilm: isOwn(film, attendee),
    mayVote: meeting.phase === 'voting' && !isOwn(film, attendee),
    vote: votes.find((vote) => vote.attendee_id === attendee.attendee_id)?.grade ?? null,
    reason: votes.find((vote) => vote.attendee_id === attendee.attendee_id)?.reason ?? '',
    tally: meeting.phase === 'revealed' ? [...tallyOf(votes.map(({ grade }) => grade))] : null,
    decidedGrade: film?.decided_grade ?? null,
  };
};

/** One vote on the film on the screen, while voting is open, and never on an own film. */
export const voteInMeeting = async (
  unit: UnitOfWork,
  clock: Clock,
  meetingId: string,
  vote: { token: string; number: number; grade: Grade; reason: string },
): Promise<void> => {
  const attendee = await requireAttendee(unit, meetingId, vote.token);
  const meeting = await shareMeeting(unit, meetingId);
  if (!meeting || meeting.phase !== 'voting' || meeting.current_film !== vote.number) {
    throw new AppError('REVIEW_MEETING_NOT_VOTING');
  }
  const film = (await findMeetingFilms(unit, meetingId)).find(({ number }) => number === vote.number);
  if (isOwn(film, attendee)) throw new AppError('REVIEW_OWN_FILM');
  const { number, grade, reason } = vote;
  await saveVote(unit, { meetingId, number, attendeeId: attendee.attendee_id, grade, reason, at: clock.now() });
};
