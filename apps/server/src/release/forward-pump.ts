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
  return {
    step: async (signal) => {
      const due = await parts.database.withSystem((unit) => findDueDestinations(unit, parts.clock.now()));
      for (const destination of due) {
        const key = `${destination.hospital_id} ${destination.destination_id}`;
        if (running.has(key) || signal.aborted) continue;
        // What breaks down here is due again, and found by the next step.
        const ended = emptyQueue(parts, destination, signal)
          .catch((cause: unknown) => parts.onBreakdown?.(cause))
          .finally(() => running.delete(key));
        running.set(key, ended);
      }
    },
    idle: async () => void (await Promise.all(running.values())),
  };
};
