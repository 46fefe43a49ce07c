import { statfs } from 'node:fs/promises';
import type { Clock } from '@jiapian/kernel';
import { isSilent, repeatDueMinutes } from '@jiapian/rules';
import type { Database } from '../platform/database.ts';
import { forEachHospital } from '../platform/each-hospital.ts';
import type { Metrics } from '../platform/metrics.ts';
import { findActivity } from './device-activity.repository.ts';
import {
  countForwards,
  countGates,
  countOpenings,
  countOverdueRepeats,
  countRejections,
  listDown,
} from './release-metrics.repository.ts';

const MINUTE_MS = 60_000;

/** Bytes that the data folder can still take. */
export const freeBytesOf = async (folder: string): Promise<number> => {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
};

/** What the monitor shows, for Prometheus; the alert rules in docs/operate ask for these names. */
export const defineReleaseMetrics = (
  metrics: Metrics,
  { database, clock, root }: { database: Database; clock: Clock; root: string },
): void => {
  metrics.gauge('jiapian_gate_exams', 'Exams at the gate, by state.', () => database.withSystem(countGates));
  metrics.gauge('jiapian_gate_open', 'Gates that opened by themselves.', () => database.withSystem(countOpenings));
  metrics.gauge('jiapian_forwards', 'Objects on their way, by state.', () => database.withSystem(countForwards));
  metrics.gauge('jiapian_destination_down', '1 when a destination does not answer.', () =>
    database.withSystem(listDown),
  );
  metrics.gauge('jiapian_rejections', 'Rejections that are not settled, by state.', () =>
    database.withSystem(countRejections),
  );
  metrics.gauge('jiapian_repeats_overdue', 'Repeat orders past their time.', () =>
    database.withSystem((unit) =>
      countOverdueRepeats(unit, new Date(clock.now().getTime() - repeatDueMinutes * MINUTE_MS)),
    ),
  );
  metrics.gauge('jiapian_devices_silent', 'Devices that usually send at this hour and do not.', async () => {
    let silent = 0;
    await forEachHospital(database, async (unit) => {
      const rows = await findActivity(unit, clock.now());
      silent += rows.filter((row) =>
        isSilent({ weeksWithExams: row.weeks_with_exams, examsLately: row.exams_lately }),
      ).length;
    });
    return silent;
  });
  metrics.gauge('jiapian_disk_free_bytes', 'Bytes that the data folder can still take.', () => freeBytesOf(root));
};
