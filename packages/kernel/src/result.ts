/** An expected outcome that is either a value or a named reason why there is none. */
export type Result<Value, Reason> = { ok: true; value: Value } | { ok: false; reason: Reason };

export const ok = <Value>(value: Value): Result<Value, never> => ({ ok: true, value });
export const fail = <Reason>(reason: Reason): Result<never, Reason> => ({ ok: false, reason });
