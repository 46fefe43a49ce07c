/** Keeps what was used last, up to so many bytes. */
export class LruCache<Value> {
  readonly #limitBytes: number;
  readonly #entries = new Map<string, { value: Value; bytes: number }>();
  #usedBytes = 0;

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  get usedBytes(): number {
    return this.#usedBytes;
  }

  get(key: string): Value | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry.value;
  }

  /** A value larger than the whole cache is not kept. */
  set(key: string, value: Value, bytes: number): void {
    this.#remove(key);
    if (bytes > this.#limitBytes) return;
    for (const oldest of this.#entries.keys()) {
      if (this.#usedBytes + bytes <= this.#limitBytes) break;
      this.#remove(oldest);
    }
    this.#entries.set(key, { value, bytes });
    this.#usedBytes += bytes;
  }

  #remove(key: string): void {
    const entry = this.#entries.get(key);
    if (entry === undefined) return;
    this.#entries.delete(key);
    this.#usedBytes -= entry.bytes;
  }
}
