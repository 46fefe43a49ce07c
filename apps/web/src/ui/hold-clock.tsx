import { useSyncExternalStore } from 'react';
import './badges.css';
import { clockText, DUE_SOON_MS, secondTicks } from './hold-clock-time.ts';

/** Time until auto-release as bar and digits; red when it is short. */
export function HoldClock({ until, spanMs = 15 * 60_000 }: { until: string; spanMs?: number }) {
  const now = useSyncExternalStore(secondTicks.subscribe, secondTicks.now);
  const leftMs = Math.max(0, Date.parse(until) - now);
  const share = Math.min(1, leftMs / spanMs);
  return (
    <span className={leftMs < DUE_SOON_MS ? 'hold-clock hold-clock-late' : 'hold-clock'}>
      <span className="hold-clock-bar" aria-hidden="true">
        <span style={{ width: `${share * 100}%` }} />
      </span>
      <time>{clockText(leftMs)}</time>
    </span>
  );
}
