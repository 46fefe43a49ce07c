import { randomUUID } from 'node:crypto';
import { type Permission, permissions } from '@jiapian/contract';
import type { App } from '../../../apps/server/src/platform/app.ts';
import type { Caller } from '../../../apps/server/src/platform/caller.ts';
import { createReadiness } from '../../../apps/server/src/platform/health.ts';
import { createHttp } from '../../../apps/server/src/platform/http.ts';
import { createLiveEvents } from '../../../apps/server/src/platform/live-events.ts';
import { silentLog } from '../../../apps/server/src/platform/log.ts';
import { createMetrics } from '../../../apps/server/src/platform/metrics.ts';
import type { TestDatabase } from './database.ts';

/**
 * The HTTP frame around the routes of one room. The header `x-caller` says who asks: `first` (the default) or `second`
 * hospital, `nobody`, or `first:exams.read,…` with only these permissions; `people` are further names of the first one.
 */
export const startRoomHttp = async (
  test: TestDatabase,
  routes: (app: App) => void | Promise<void>,
  people: Readonly<Record<string, { accountId: string; staffId: string | null }>> = {},
): Promise<App> => {
  const liveEvents = createLiveEvents(test.database);
  const accountIds = { first: randomUUID(), second: randomUUID() };
  const app = await createHttp({
    authenticate: async ({ headers }) => {
      const [who = '', only] = String(headers['x-caller'] ?? 'first').split(':');
      const person = people[who];
      if (!person && who !== 'first' && who !== 'second') return null;
      const granted = only === undefined ? permissions : (only.split(',') as Permission[]);
      return {
        accountId: person?.accountId ?? accountIds[who === 'second' ? 'second' : 'first'],
        hospitalId: who === 'second' ? test.otherHospitalId : test.hospitalId,
        username: '1001',
        name: 'Reader',
        staffId: person?.staffId ?? null,
        roles: ['reviewer'],
        permissions: new Set(granted),
        via: 'session',
      } satisfies Caller;
    },
    readiness: createReadiness(silentLog),
    metrics: createMetrics(),
    liveEvents,
    log: silentLog,
    version: '0.1.0',
  });
  await routes(app);
  return app;
};
