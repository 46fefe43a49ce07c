import { randomBytes, randomUUID } from 'node:crypto';
import type { Meeting, Minutes } from '@jiapian/contract';
import { AppError, transition, type Clock, type Grade } from '@jiapian/kernel';
import {
  majorityOf,
  meetingTable,
  tallyOf,
  type GradeVotes,
  type MeetingEvent,
  type MeetingPhase,
} from '@jiapian/rules';
import { recordEntry, type AuditActor } from '../audit/index.ts';
import type { UnitOfWork } from '../platform/database.ts';
import { findMeetingCauses } from './meeting-candidates.repository.ts';
import { findMeetingNotes } from './meeting-note.repository.ts';
import {
  decideFilm,
  findAttendees,
  findMeeting,
  findMeetingFilms,
  findVotes,
  insertMeeting,
  lockMeeting,
  updateMeeting,
  type Attendee,
  type MeetingFilm,
  type MeetingRecord,
} from './meeting.repository.ts';
import type { Reader } from './reader.ts';
import { saveCollectiveReading, type CollectiveDecision } from './save-meeting-reading.ts';
import { countStaff } from './supervision.repository.ts';

/** 128 bits: a code that nobody guesses while the meeting lasts. */
const codeBytes = 16;
export const freshCode = (): string => randomBytes(codeBytes).toString('base64url');

/** Signs that nobody confuses when they are read from a wall; 32 of them, so that every byte is as likely. */
const typedSigns = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const typedLength = 6;
/** A billion codes, for a few open meetings, behind a limit of attempts. */
const freshTypedCode = (): string =>
  Array.from(randomBytes(typedLength), (byte) => typedSigns[byte % typedSigns.length]).join('');

export const openMeeting = async (
  unit: UnitOfWork,
  clock: Clock,
  reader: Reader,
  by: AuditActor,
  request: {
    title: string;
    decideBy: 'leader' | 'majority';
    plannedMinutes: number;
    minimumVotes: number;
    filmIds: readonly string[];
    staffIds: readonly string[];
  },
): Promise<{ meetingId: string }> => {
  const now = clock.now();
  const filmIds = [...new Set(request.filmIds)];
  const staffIds = [...new Set(request.staffIds)];
  const causes = await findMeetingCauses(unit, filmIds);
  if (causes.size !== filmIds.length) throw new AppError('REVIEW_FILM_NOT_FOUND');
  if ((await countStaff(unit, staffIds)) !== staffIds.length) throw new AppError('REVIEW_MEETING_LIST_INVALID');
  const meetingId = randomUUID();
  await insertMeeting(unit, {
    ...{
      meetingId,
      title: request.title,
      leader: reader.accountId,
      at: now,
      joinCode: freshCode(),
      typedCode: freshTypedCode(),
    },
    ...{ decideBy: request.decideBy, plannedMinutes: request.plannedMinutes, minimumVotes: request.minimumVotes },
    films: filmIds.map((filmId) => ({
      filmId,
      because: causes.get(filmId)?.because ?? 'chosen',
      gradeBefore: causes.get(filmId)?.grade ?? null,
    })),
    attendees: staffIds.map((staffId) => ({ attendeeId: randomUUID(), staffId })),
  });
  await recordEntry(unit, by, {
    action: 'review.meeting-opened',
    subjectKind: 'meeting',
    subjectId: meetingId,
    facts: { films: filmIds.length, people: staffIds.length },
  });
  return { meetingId };
};

/** The meeting, if this person leads it. */
const requireLed = async (unit: UnitOfWork, meetingId: string, accountId: string): Promise<MeetingRecord> => {
  const meeting = await lockMeeting(unit, meetingId);
  if (!meeting || meeting.leader_account_id !== accountId) throw new AppError('REVIEW_MEETING_NOT_FOUND');
  return meeting;
};
export const requireLedOpen = async (
  unit: UnitOfWork,
  meetingId: string,
  accountId: string,
): Promise<MeetingRecord> => {
  const meeting = await requireLed(unit, meetingId, accountId);
  if (meeting.closed_at !== null) throw new AppError('REVIEW_MEETING_CLOSED');
  return meeting;
};

export const describeMeeting = async (unit: UnitOfWork, meetingId: string, accountId: string): Promise<Meeting> => {
  const meeting = await findMeeting(unit, meetingId);
  if (!meeting || meeting.leader_account_id !== accountId) throw new AppError('REVIEW_MEETING_NOT_FOUND');
  const films = await findMeetingFilms(unit, meetingId);
  const film = films.find(({ number }) => number === meeting.current_film);
  const votes = (await findVotes(unit, meetingId)).filter(({ number }) => number === meeting.current_film);
  const tally = tallyOf(votes.map(({ grade }) => grade));
  const isRevealed = meeting.phase === 'revealed';
  return {
    meetingId,
    title: meeting.title,
    leaderName: meeting.leader_name,
    openedAt: meeting.opened_at.toISOString(),
    plannedMinutes: meeting.planned_minutes,
    isOpen: meeting.closed_at === null,
    joinCode: meeting.join_code,
    typedCode: meeting.typed_code,
    decideBy: meeting.decide_by,
    minimumVotes: meeting.minimum_votes,
    phase: meeting.phase,
    number: meeting.current_film,
    films: films.length,
    list: films.map((each) => ({
      number: each.number,
      because: each.because,
      positionCode: each.position_code,
      laterality: each.laterality,
      description: each.description,
      decidedGrade: each.decided_grade,
      decidedAt: each.decided_at?.toISOString() ?? null,
      note: each.note,
    })),
    gradeBefore: isRevealed ? (film?.grade_before ?? null) : null,
    reasons: isRevealed ? votes.flatMap(({ grade, reason }) => (reason === '' ? [] : [{ grade, reason }])) : [],
    notes: (await findMeetingNotes(unit, meetingId)).map(({ number, text, at }) => ({
      number,
      text,
      at: at.toISOString(),
    })),
    attendees: (await findAttendees(unit, meetingId)).map((attendee) => ({
      attendeeId: attendee.attendee_id,
      name: attendee.name,
      hasJoined: attendee.token !== null,
      hasVoted: votes.some((vote) => vote.attendee_id === attendee.attendee_id),
      isOwnFilm: isOwn(film, attendee),
    })),
    tally: isRevealed ? [...tally] : null,
    majority: isRevealed ? majorityOf(tally, meeting.minimum_votes) : null,
    decidedGrade: film?.decided_grade ?? null,
    note: film?.note ?? '',
    isKeptForTeaching: film?.is_kept_for_teaching ?? false,
  };
};

/** The film on the screen was taken by this person, or counts for them. */
export const isOwn = (
  film: Pick<MeetingFilm, 'technologist_id' | 'accountable_id'> | undefined,
  { staff_id }: Pick<Attendee, 'staff_id'>,
): boolean => film !== undefined && [film.technologist_id, film.accountable_id].includes(staff_id);

/** The leader goes to a film, opens the voting, or reveals the votes. */
export const moveMeeting = async (
  unit: UnitOfWork,
  meetingId: string,
  accountId: string,
  to: { number: number; phase: 'look' | 'voting' | 'revealed' },
): Promise<void> => {
  const meeting = await requireLedOpen(unit, meetingId, accountId);
  const films = await findMeetingFilms(unit, meetingId);
  const film = films.find(({ number }) => number === to.number);
  if (!film) throw new AppError('REVIEW_FILM_NOT_FOUND');
  let phase: MeetingPhase = meeting.phase;
  if (meeting.current_film !== to.number || to.phase === 'look') phase = walk(phase, 'film-changed');
  if (phase !== to.phase) {
    if (film.decided_at !== null) throw new AppError('REVIEW_MEETING_ILLEGAL', { phase, event: 'decided before' });
    phase = walk(phase, to.phase === 'voting' ? 'vote-opened' : 'votes-revealed');
  }
  await updateMeeting(unit, meetingId, { current_film: to.number, phase: to.phase });
};

const walk = (phase: MeetingPhase, event: MeetingEvent): MeetingPhase => {
  const next = transition(meetingTable, phase, event);
  if (!next.ok) throw new AppError('REVIEW_MEETING_ILLEGAL', { phase, event });
  return next.value;
};

export interface MeetingDecision {
  readonly number: number;
  readonly grade: Grade;
  readonly marks: { code: string; step: number }[];
  readonly reject: CollectiveDecision['reject'];
  readonly note: string;
  readonly overrideReason: string;
  readonly isKeptForTeaching: boolean;
  readonly standardVersion: number;
}

/**
 * What the meeting decided becomes a reading of its own kind, signed by the leader, with all the refusals of a reading. Where the
 * majority decides, the leader cannot decide against one.
 */
export const decideInMeeting = async (
  unit: UnitOfWork,
  clock: Clock,
  reader: Reader,
  by: AuditActor,
  meetingId: string,
  decision: MeetingDecision,
): Promise<void> => {
  const meeting = await requireLedOpen(unit, meetingId, reader.accountId);
  const found = (await findMeetingFilms(unit, meetingId)).find(({ number }) => number === decision.number);
  if (!found) throw new AppError('REVIEW_FILM_NOT_FOUND');
  walk(meeting.phase, 'decided');
  if (meeting.current_film !== decision.number || found.decided_at !== null) {
    throw new AppError('REVIEW_MEETING_ILLEGAL', { phase: meeting.phase, event: 'decided' });
  }
  const votes = (await findVotes(unit, meetingId)).filter(({ number }) => number === decision.number);
  const majority = majorityOf(tallyOf(votes.map(({ grade }) => grade)), meeting.minimum_votes);
  if (meeting.decide_by === 'majority' && majority !== null && majority !== decision.grade) {
    throw new AppError('REVIEW_MEETING_MAJORITY', { majority });
  }
  const { readingId } = await saveCollectiveReading(unit, clock, reader, by, found.film_id, {
    ...{ kind: 'meeting', grade: decision.grade, marks: decision.marks, note: decision.note },
    ...{ overrideReason: decision.overrideReason, reject: decision.reject },
    ...{ standardVersion: decision.standardVersion, isCollective: majority === decision.grade },
  });
  await decideFilm(unit, meetingId, {
    ...{ number: decision.number, grade: decision.grade, at: clock.now(), readingId, note: decision.note },
    isKept: decision.isKeptForTeaching,
  });
};

export const closeMeeting = async (
  unit: UnitOfWork,
  clock: Clock,
  by: AuditActor,
  meetingId: string,
  accountId: string,
): Promise<void> => {
  const meeting = await requireLedOpen(unit, meetingId, accountId);
  walk(meeting.phase, 'ended');
  await updateMeeting(unit, meetingId, { closed_at: clock.now(), phase: 'look' });
  await recordEntry(unit, by, { action: 'review.meeting-closed', subjectKind: 'meeting', subjectId: meetingId });
};

/** Minutes as the meeting wrote them: who was there, what was voted, what was decided. */
export const describeMinutes = async (unit: UnitOfWork, meetingId: string): Promise<Minutes> => {
  const meeting = await findMeeting(unit, meetingId);
  if (!meeting) throw new AppError('REVIEW_MEETING_NOT_FOUND');
  const votes = await findVotes(unit, meetingId);
  const talliesOf = (number: number): GradeVotes[] => [
    ...tallyOf(votes.filter((vote) => vote.number === number).map(({ grade }) => grade)),
  ];
  return {
    title: meeting.title,
    leaderName: meeting.leader_name,
    openedAt: meeting.opened_at.toISOString(),
    closedAt: meeting.closed_at?.toISOString() ?? null,
    decideBy: meeting.decide_by,
    minimumVotes: meeting.minimum_votes,
    attendance: (await findAttendees(unit, meetingId)).map(({ name, joined_at }) => ({
      name,
      joinedAt: joined_at?.toISOString() ?? null,
    })),
    films: (await findMeetingFilms(unit, meetingId)).map((film) => ({
      number: film.number,
      because: film.because,
      gradeBefore: film.grade_before,
      laterality: film.laterality,
      accessionNumber: film.accession_number,
      positionCode: film.position_code,
      description: film.description,
      tally: talliesOf(film.number),
      decidedGrade: film.decided_grade,
      decidedAt: film.decided_at?.toISOString() ?? null,
      note: film.note,
      isKeptForTeaching: film.is_kept_for_teaching,
    })),
    notes: (await findMeetingNotes(unit, meetingId)).map(({ number, text, at }) => ({
      number,
      text,
      at: at.toISOString(),
    })),
  };
};
