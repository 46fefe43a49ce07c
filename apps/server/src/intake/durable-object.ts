import type { ReceivedObject } from '../exams/index.ts';

/** An object on disk. The checksum of a large one is taken when it is registered, not while its sender waits. */
export interface DurableObject extends Omit<ReceivedObject, 'sha256'> {
  sha256?: string;
}
