import { randomBytes, randomUUID } from 'node:crypto';
import type { Meeting, Minutes } from '@jiapian/contract';
import { AppError, type Clock, type Grade } from '@jiapian/kernel';
import { majorityOf, rejectConfirmationOf, tallyOf, type GradeVotes } from '@jiapian/rules';
import { recordEntry, type AuditActor } from '../audit/index.ts';
import type { UnitOfWork } from '../platform/database.ts';
import { findFilmRow } from './film-rows.repository.ts';
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
import { lockFilmRow } from './review.repository.ts';
import { saveReading } from './save-reading.ts';
import { countStaff } from './supervision.repository.ts';

/** 128 bits: a code that nobody guesses while the meeting lasts. */
const codeBytes = 16;
export const freshCode = (): string => randomBytes(codeBytes).toString('base64url');

export const openMeeting = async (
  unit: UnitOfWork,
  clock: Clock,
  reader: Reader,
  by: AuditActor,
  request: { title: string; decideBy: 'leader' | 'majority'; filmIds: readonly string[]; staffIds: readonly string[] },
): Promise<{ meetingId: string }> => {
  const now = clock.now();
  const filmIds = [...new Set(request.filmIds)];
  const staffIds = [...new Set(request.staffIds)];
  for (const filmId of filmIds) {
    if (!(await findFilmRow(unit, { ...reader, now }, filmId))) throw new AppError('REVIEW_FILM_NOT_FOUND');
  }
  if ((await countStaff(unit, staffIds)) !== staffIds.length) throw new AppError('REVIEW_MEETING_LIST_INVALID');
  const meetingId = randomUUID();
  await insertMeeting(unit, {
    ...{ meetingId, title: request.title, leader: reader.accountId, at: now, joinCode: freshCode(), filmIds },
    decideBy: request.decideBy,
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
export const requireLed = async (unit: UnitOfWork, meetingId: string, accountId: string): Promise<MeetingRecord> => {
  const meeting = await lockMeeting(unit, meetingId);
  if (!meeting || meeting.leader_account_id !== accountId) throw new AppError('REVIEW_MEETING_NOT_FOUND');
  return meeting;
};
const requireOpen = (meeting: MeetingRecord): void => {
  if (meeting.closed_at !== null) throw new AppError('REVIEW_MEETING_CLOSED');
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
    isOpen: meeting.closed_at === null,
    joinCode: meeting.join_code,
    decideBy: meeting.decide_by,
    phase: meeting.phase,
    number: meeting.current_film,
    films: films.length,
    attendees: (await findAttendees(unit, meetingId)).map((attendee) => ({
      attendeeId: attendee.attendee_id,
      name: attendee.name,
      hasJoined: attendee.token !== null,
      hasVoted: votes.some((vote) => vote.attendee_id === attendee.attendee_id),
      isOwnFilm: isOwn(film, attendee),
    })),
    tally: isRevealed ? [...tally] : null,
    majority: isRevealed ? majorityOf(tally) : null,
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
  requireOpen(await requireLed(unit, meetingId, accountId));
  const films = await findMeetingFilms(unit, meetingId);
  if (!films.some(({ number }) => number === to.number)) throw new AppError('REVIEW_FILM_NOT_FOUND');
  await updateMeeting(unit, meetingId, { current_film: to.number, phase: to.phase });
};

export interface MeetingDecision {
  readonly number: number;
  readonly grade: Grade;
  readonly marks: { code: string; step: number }[];
  readonly rejectReasonCode: string | null;
  readonly note: string;
  readonly isKeptForTeaching: boolean;
  readonly standardVersion: number;
}

/**
 * What the meeting decided becomes a reading of the leader, by the ordinary road with all its refusals. Where the
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
  const meeting = await requireLed(unit, meetingId, reader.accountId);
  requireOpen(meeting);
  const found = (await findMeetingFilms(unit, meetingId)).find(({ number }) => number === decision.number);
  const film = found && (await lockFilmRow(unit, found.film_id));
  if (!found || !film) throw new AppError('REVIEW_FILM_NOT_FOUND');
  const votes = (await findVotes(unit, meetingId)).filter(({ number }) => number === decision.number);
  const majority = majorityOf(tallyOf(votes.map(({ grade }) => grade)));
  if (meeting.decide_by === 'majority' && majority !== null && majority !== decision.grade) {
    throw new AppError('REVIEW_MEETING_MAJORITY', { majority });
  }
  const isReject = decision.grade === 'reject';
  const exam = { accessionNumber: film.accession_number, studyInstanceUid: film.study_instance_uid };
  const { readingId } = await saveReading(unit, clock, reader, by, found.film_id, {
    ...{ marks: decision.marks, conditionsNotMet: [], places: [], note: decision.note, grade: decision.grade },
    overrideReason: meeting.title,
    reject:
      isReject && decision.rejectReasonCode !== null
        ? {
            reasonCode: decision.rejectReasonCode,
            affectsDiagnosis: 'repeat',
            confirmation: rejectConfirmationOf(exam),
          }
        : null,
    ...{ filmVersion: film.version, standardVersion: decision.standardVersion, secondsSpent: 0 },
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
  requireOpen(await requireLed(unit, meetingId, accountId));
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
    attendance: (await findAttendees(unit, meetingId)).map(({ name, joined_at }) => ({
      name,
      joinedAt: joined_at?.toISOString() ?? null,
    })),
    films: (await findMeetingFilms(unit, meetingId)).map((film) => ({
      number: film.number,
      accessionNumber: film.accession_number,
      positionCode: film.position_code,
      description: film.description,
      tally: talliesOf(film.number),
      decidedGrade: film.decided_grade,
      decidedAt: film.decided_at?.toISOString() ?? null,
      note: film.note,
      isKeptForTeaching: film.is_kept_for_teaching,
    })),
  };
};
