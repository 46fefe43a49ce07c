/** Limits and time-outs of the association server; every one can be set by a test. */
export interface DimseLimits {
  /** Associations at once; one more is refused with `local-limit-exceeded`, which is transient. */
  associations: number;
  /** Connections at once, refused ones included; one more is closed without a word. */
  connections: number;
  /** Body of the largest P-DATA-TF that we ask for, bytes. */
  advertisedPduBytes: number;
  /** Body of the largest P-DATA-TF that we read: some senders overrun what was agreed. It is streamed, so it costs nothing. */
  acceptedPduBytes: number;
  /** From connection to a complete A-ASSOCIATE-RQ, and from our last word to the closed connection (ARTIM, PS3.8 9.1.5), ms. */
  artimMs: number;
  /** Silence between two messages, ms; modalities keep associations open between exposures. */
  idleMs: number;
  /** Silence inside a message, ms. */
  stalledMs: number;
  /** Messages of one association whose answer is still due before its sender is held. */
  outstandingMessages: number;
}

export const defaultDimseLimits: DimseLimits = {
  associations: 100,
  connections: 400,
  advertisedPduBytes: 128 * 1024,
  acceptedPduBytes: 16 * 1024 * 1024,
  artimMs: 30_000,
  idleMs: 300_000,
  stalledMs: 60_000,
  outstandingMessages: 8,
};
