import { transition } from '@jiapian/kernel';
import { describe, expect, it } from 'vitest';
import { meetingEvents, meetingPhases, meetingTable } from './meeting-state.ts';

describe('the course of a meeting', () => {
  it('is what it is meant to be, pair by pair', () => {
    const walked = meetingPhases.flatMap((phase) =>
      meetingEvents.map((event) => {
        const next = transition(meetingTable, phase, event);
        return `${phase} ${event} ${next.ok ? next.value : '-'}`;
      }),
    );
    expect(walked).toEqual([
      'look film-changed look',
      'look vote-opened voting',
      'look votes-revealed -',
      'look decided look',
      'look ended closed',
      'voting film-changed look',
      'voting vote-opened -',
      'voting votes-revealed revealed',
      'voting decided -',
      'voting ended closed',
      'revealed film-changed look',
      'revealed vote-opened voting',
      'revealed votes-revealed -',
      'revealed decided revealed',
      'revealed ended closed',
      'closed film-changed -',
      'closed vote-opened -',
      'closed votes-revealed -',
      'closed decided -',
      'closed ended -',
    ]);
  });

  it('is frozen', () => {
    expect(Object.isFrozen(meetingTable)).toBe(true);
    for (const phase of meetingPhases) expect(Object.isFrozen(meetingTable[phase]), phase).toBe(true);
  });
});
