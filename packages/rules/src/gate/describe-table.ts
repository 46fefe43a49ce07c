import type { TransitionTable } from '@jiapian/kernel';

/** A transition table as a Mermaid state diagram, for the documentation; `initial` is where a thing begins. */
export const describeTable = <State extends string, Event extends string>(
  table: TransitionTable<State, Event>,
  initial: State,
): string => {
  const states = Object.keys(table) as State[];
  const lines = ['stateDiagram-v2'];
  for (const state of states) lines.push(`  state "${state}" as ${mermaidId(state)}`);
  lines.push(`  [*] --> ${mermaidId(initial)}`);
  for (const state of states) {
    for (const [target, events] of eventsByTarget(table[state])) {
      lines.push(`  ${mermaidId(state)} --> ${mermaidId(target)}: ${events.join(', ')}`);
    }
  }
  return `${lines.join('\n')}\n`;
};

// A hyphen would end the identifier.
const mermaidId = (state: string): string => state.replaceAll('-', '_');

const eventsByTarget = <State extends string, Event extends string>(
  row: Readonly<Partial<Record<Event, State>>>,
): Map<State, string[]> => {
  const byTarget = new Map<State, string[]>();
  for (const [event, target] of Object.entries(row) as [Event, State][]) {
    byTarget.set(target, [...(byTarget.get(target) ?? []), event]);
  }
  return byTarget;
};
