import type { RegisterOutcome } from '../exams/index.ts';
import type { Metrics } from '../platform/metrics.ts';
import type { DurableObject } from './durable-object.ts';

/** Counts objects at the two ends of the corridor. */
export interface ObjectCounts {
  received(object: DurableObject): void;
  indexed(outcome: RegisterOutcome): void;
}

export const countObjects = (metrics: Metrics, waiting: () => number): ObjectCounts => {
  const objects = metrics.counter('jiapian_objects_received', 'Objects made durable, by door.');
  const bytes = metrics.counter('jiapian_bytes_received', 'Bytes made durable, by door.');
  const indexed = metrics.counter('jiapian_objects_indexed', 'Objects that left the spool, by outcome.');
  metrics.gauge('jiapian_spool_objects', 'Durable objects that wait for the register.', waiting);
  return {
    received: ({ door, sizeBytes }) => {
      objects.add({ door });
      bytes.add({ door }, sizeBytes);
    },
    indexed: ({ kind }) => indexed.add({ outcome: kind }),
  };
};
