import type { TransitionTable } from '@jiapian/kernel';

/**
 * Where a meeting (晨会、周会) stands: `look` the film is on the screen; `voting` phones may vote and nobody sees how;
 * `revealed` everybody sees the votes (揭示后仍可议); `closed` it is over, and nothing of it changes any more.
 */
export const meetingPhases = ['look', 'voting', 'revealed', 'closed'] as const;
/** One phase of a meeting. */
export type MeetingPhase = (typeof meetingPhases)[number];

/**
 * `film-changed` another film comes on the screen; `vote-opened`, `votes-revealed` by the leader; `decided` the film on
 * the screen has its grade (定级); `ended` the leader ends the meeting.
 */
export const meetingEvents = ['film-changed', 'vote-opened', 'votes-revealed', 'decided', 'ended'] as const;
/** One event of a meeting. */
export type MeetingEvent = (typeof meetingEvents)[number];

/** The course of a meeting: votes are shown only after the voting, and never while somebody may still vote. */
export const meetingTable: TransitionTable<MeetingPhase, MeetingEvent> = Object.freeze({
  look: Object.freeze({ 'film-changed': 'look', 'vote-opened': 'voting', decided: 'look', ended: 'closed' }),
  voting: Object.freeze({ 'film-changed': 'look', 'votes-revealed': 'revealed', ended: 'closed' }),
  revealed: Object.freeze({ 'film-changed': 'look', 'vote-opened': 'voting', decided: 'revealed', ended: 'closed' }),
  closed: Object.freeze({}),
});
