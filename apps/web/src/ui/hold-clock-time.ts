/** The worklist's red cell: films that leave unread within five minutes. */
export const DUE_SOON_MS = 5 * 60_000;

/** Minutes and seconds left, `06:12`; hours in front when there are any. Rounded up: 0 is shown only when it is over. */
export const clockText = (leftMs: number): string => {
  const seconds = Math.ceil(Math.max(0, leftMs) / 1000);
  const two = (value: number): string => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const rest = `${two(Math.floor((seconds % 3600) / 60))}:${two(seconds % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
};

/** One timer for every clock on the page. */
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let current = Date.now();
export const secondTicks = {
  now: (): number => current,
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    timer ??= setInterval(() => {
      current = Date.now();
      for (const each of listeners) each();
    }, 1000);
    return () => {
      listeners.delete(listener);
      if (listeners.size > 0) return;
      clearInterval(timer);
      timer = undefined;
    };
  },
};
