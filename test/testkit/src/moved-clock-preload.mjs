// Loaded before a program under test: its clock is the machine's, moved by the milliseconds that a file says.
import { readFileSync } from 'node:fs';

const file = process.env.MOVED_CLOCK_FILE;
const RealDate = Date;
const LOOK_EVERY_MS = 100;
let offsetMs = 0;
let lookedAt = 0;

const nowMs = () => {
  const real = RealDate.now();
  if (file !== undefined && real - lookedAt >= LOOK_EVERY_MS) {
    lookedAt = real;
    // A file that is being written is empty for a moment: the last word holds.
    offsetMs = Number(readFileSync(file, 'utf8') || offsetMs);
  }
  return real + offsetMs;
};

class MovedDate extends RealDate {
  constructor(...values) {
    if (values.length === 0) super(nowMs());
    else super(...values);
  }
  static now() {
    return nowMs();
  }
  // Dates that the runtime itself makes are dates too.
  static [Symbol.hasInstance](value) {
    return value instanceof RealDate;
  }
}
globalThis.Date = MovedDate;
