/** Ends the bootstrap with a message for the person at the keyboard, without a stack trace. */
export class Stop extends Error {
  /** @param {string} message @param {number} exitCode */
  constructor(message, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** @param {string} line */
export function say(line) {
  // stderr: a command that prints JSON keeps its stdout clean.
  console.error(`jiapian: ${line}`);
}
