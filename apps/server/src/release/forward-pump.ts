import { findDueDestinations } from './destination.repository.ts';
import { emptyQueue, type ForwardingParts } from './forward-objects.ts';

export interface ForwardPump {
  /** Begins with every destination that has something due and is not being sent to. */
  step(signal: AbortSignal): Promise<void>;
  /** Waits for what is being sent. */
  idle(): Promise<void>;
}

/** Each destination is emptied by itself: a slow one holds up no other, and none is sent to twice at once. */
export const createForwardPump = (parts: ForwardingParts & { onBreakdown?: (cause: unknown) => void }): ForwardPump => {
  const running = new Map<string, Promise<void>>();
  /** Asked for while they were being sent to: what came after their last look is looked for once more. */
  const again = new Set<string>();
  const pump: ForwardPump = {
    step: async (signal) => {
      const due = await parts.database.withSystem((unit) => findDueDestinations(unit, parts.clock.now()));
      for (const destination of due) {
        const key = `${destination.hospital_id} ${destination.destination_id}`;
        if (signal.aborted) return;
        if (running.has(key)) {
          again.add(key);
          continue;
        }
        // What breaks down here is due again, and found by the next step.
        const ended = emptyQueue(parts, destination, signal)
          .catch((cause: unknown) => parts.onBreakdown?.(cause))
          .finally(() => {
            running.delete(key);
            if (again.delete(key)) pump.step(signal).catch((cause: unknown) => parts.onBreakdown?.(cause));
          });
        running.set(key, ended);
      }
    },
    idle: async () => void (await Promise.all(running.values())),
  };
  return pump;
};
