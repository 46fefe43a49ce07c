import { useSyncExternalStore } from 'react';
import { secondTicks } from '../ui/hold-clock-time.ts';
import { useHospitalTime } from './hospital-time.ts';

const MINUTE_MS = 60_000;

/** The hospital's day and minute; clocks of browsers on the ward are often in another zone. */
export function HospitalClock() {
  const time = useHospitalTime();
  const minute = useSyncExternalStore(secondTicks.subscribe, () => Math.floor(secondTicks.now() / MINUTE_MS));
  const now = new Date(minute * MINUTE_MS);
  return (
    <time className="secondary top-bar-clock" dateTime={now.toISOString()}>
      {time.day(now)} {time.minute(now)}
    </time>
  );
}
