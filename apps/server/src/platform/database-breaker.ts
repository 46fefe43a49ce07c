import { AppError } from '@jiapian/kernel';

/** So long may the database leave the oldest waiting statement without an answer before it is asked whether it lives, ms. [PD] */
const SILENT_MS = 2_000;
/** So long may the question itself wait, ms: an answer of a living database takes a few. [PD] */
const PROBE_MS = 2_000;
/** While it is taken for hung it is asked again after so long, ms. [PD] */
const PROBE_AGAIN_MS = 1_000;

/**
 * Keeps requests from queueing behind a database that hangs. A slow statement alone never opens it: only a probe on a
 * connection of its own that goes unanswered does. While it is open everything fails at once with
 * `DATABASE_UNAVAILABLE`; a probe that is answered closes it.
 */
export class DatabaseBreaker {
  readonly #probe: () => Promise<void>;
  #isOpen = false;
  #isProbing = false;
  #isClosed = false;
  #timer: NodeJS.Timeout | undefined;
  readonly #waiting = new Set<(cause: AppError) => void>();

  /** `probe` answers when the database does, and rejects or hangs otherwise. */
  constructor(probe: () => Promise<void>) {
    this.#probe = probe;
  }

  /** The work's own outcome, or `DATABASE_UNAVAILABLE` once the database is found hung. */
  async guard<Value>(work: () => Promise<Value>): Promise<Value> {
    if (this.#isOpen) throw hung();
    const { promise, reject } = Promise.withResolvers<never>();
    this.#waiting.add(reject);
    this.#listen();
    const working = work();
    // Whoever waited has been answered; what the driver says later belongs to nobody.
    working.catch(() => undefined);
    try {
      const answer = await Promise.race([working, promise]);
      // A sign of life. A failure is none: it may be the driver that gave up waiting.
      this.#hush();
      return answer;
    } finally {
      this.#waiting.delete(reject);
      if (this.#waiting.size === 0) this.#hush();
      else this.#listen();
    }
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
  }

  /** Counts the silence of the oldest that waits; those who come later do not start it anew. */
  #listen(): void {
    if (this.#isOpen || this.#isProbing || this.#isClosed || this.#timer !== undefined) return;
    if (this.#waiting.size > 0) this.#timer = setTimeout(() => void this.#ask(), SILENT_MS).unref();
  }

  #hush(): void {
    if (this.#isOpen) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  async #ask(): Promise<void> {
    this.#timer = undefined;
    this.#isProbing = true;
    const isAlive = await answersWithin(this.#probe(), PROBE_MS);
    this.#isProbing = false;
    this.#isOpen = !isAlive;
    if (isAlive) {
      this.#listen();
      return;
    }
    for (const reject of this.#waiting) reject(hung());
    this.#waiting.clear();
    if (!this.#isClosed) this.#timer = setTimeout(() => void this.#ask(), PROBE_AGAIN_MS).unref();
  }
}

const hung = (): AppError => new AppError('DATABASE_UNAVAILABLE', { state: 'no-answer' });

const answersWithin = async (probe: Promise<void>, milliseconds: number): Promise<boolean> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), milliseconds);
  });
  const answered = probe.then(
    () => true,
    () => false,
  );
  try {
    return await Promise.race([answered, late]);
  } finally {
    clearTimeout(timer);
  }
};
