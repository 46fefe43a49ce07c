import type { RegisterOutcome } from '../exams/index.ts';

/** Objects whose door may ask for the outcome; a door that never asks leaves nothing behind after this many others. */
const REMEMBERED = 4_096;

/** Lets a door wait for what the register makes of an object that it has just made durable. */
export class IndexedOutcomes {
  readonly #expected = new Map<string, PromiseWithResolvers<RegisterOutcome>>();

  /** Called when the object becomes durable, before anyone can ask. */
  expect(objectId: string): void {
    this.#expected.set(objectId, Promise.withResolvers());
    const [oldest] = this.#expected.keys();
    if (this.#expected.size > REMEMBERED && oldest !== undefined) this.#expected.delete(oldest);
  }

  settle(objectId: string, outcome: RegisterOutcome): void {
    this.#expected.get(objectId)?.resolve(outcome);
  }

  /** `undefined` when the register does not answer in time: the object is durable and will be entered later. */
  async of(objectId: string, withinMs: number): Promise<RegisterOutcome | undefined> {
    const expected = this.#expected.get(objectId);
    if (expected === undefined) return undefined;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), withinMs);
    });
    try {
      return await Promise.race([expected.promise, late]);
    } finally {
      clearTimeout(timer);
      this.#expected.delete(objectId);
    }
  }
}
