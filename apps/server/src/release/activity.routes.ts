import { activitySchema } from '@jiapian/contract';
import type { Clock } from '@jiapian/kernel';
import { isSilent } from '@jiapian/rules';
import type { Database } from '../platform/database.ts';
import type { App } from '../platform/http.ts';
import { findActivity } from './device-activity.repository.ts';
import { freeBytesOf } from './release-metrics.ts';

export const activityRoutes = (app: App, database: Database, clock: Clock, root: string): void => {
  app.get(
    '/api/v1/release/activity',
    {
      config: { permission: 'release.read' },
      schema: { tags: ['release'], operationId: 'getDeviceActivity', response: { 200: activitySchema } },
    },
    async (request) => {
      const rows = await database.withHospital(request.caller.hospitalId, (unit) => findActivity(unit, clock.now()));
      return {
        diskFreeBytes: await freeBytesOf(root),
        devices: rows.map((row) => ({
          deviceId: row.device_id,
          name: row.name,
          modality: row.modality,
          recentExams: row.recent_exams,
          recentObjects: row.recent_objects,
          held: row.held,
          lastAt: row.last_at?.toISOString() ?? null,
          isSilent: isSilent({ weeksWithExams: row.weeks_with_exams, examsLately: row.exams_lately }),
        })),
      };
    },
  );
};
