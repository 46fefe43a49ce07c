import { randomUUID } from 'node:crypto';
import { AppError, fixedClock } from '@jiapian/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestDatabase, type TestDatabase } from '../../../../test/testkit/src/database.ts';
import type { Database } from '../platform/database.ts';
import { silentLog } from '../platform/log.ts';
import { createAdmission } from './admit-caller.ts';

let test: TestDatabase;
const clock = fixedClock(new Date('2026-11-24T08:00:00Z'));
const longEnoughMs = 60_000;

beforeAll(async () => {
  test = await startTestDatabase();
});
afterAll(() => test.stop());

const admission = (database: Database = test.database) =>
  createAdmission({ database, clock, log: silentLog, aeTitle: 'JIAPIAN' });
const caller = (callingAeTitle: string, calledAeTitle = 'JIAPIAN') => ({
  callingAeTitle,
  calledAeTitle,
  remoteAddress: '10.0.0.1',
});

const setPolicy = async (callerPolicy: 'accept-and-list' | 'refuse-unknown'): Promise<void> => {
  for (const hospitalId of [test.hospitalId, test.otherHospitalId]) {
    await test.asOwner(
      `insert into hospital_setting (hospital_id, key, value) values ($1, 'callerPolicy', $2)
       on conflict (hospital_id, key) do update set value = excluded.value`,
      [hospitalId, JSON.stringify(callerPolicy)],
    );
  }
  clock.advanceMs(longEnoughMs);
};

const addDevice = (aeTitle: string, isNamed: boolean): Promise<unknown> =>
  test.asOwner(`insert into device (hospital_id, device_id, name, ae_title, named_at) values ($1, $2, $3, $3, $4)`, [
    test.hospitalId,
    randomUUID(),
    aeTitle,
    isNamed ? clock.now() : null,
  ]);

describe('admission of a caller', () => {
  it('takes any caller under any called title until refusing is switched on', async () => {
    await setPolicy('accept-and-list');
    expect(await admission()(caller('NOBODY', 'ANY'))).toEqual({ isAdmitted: true });
  });

  it('then takes named devices that call us by our title, and says which title is wrong to others', async () => {
    await setPolicy('refuse-unknown');
    await addDevice('CT1', true);
    await addDevice('SEEN', false);
    const admit = admission();
    expect(await admit(caller('CT1'))).toEqual({ isAdmitted: true });
    expect(await admit(caller('ct1'))).toEqual({ isAdmitted: false, rejection: 'calling-ae-title-unknown' });
    expect(await admit(caller('SEEN'))).toEqual({ isAdmitted: false, rejection: 'calling-ae-title-unknown' });
    expect(await admit(caller('CT1', 'OTHER'))).toEqual({ isAdmitted: false, rejection: 'called-ae-title-unknown' });
  });

  it('goes on with the last known policy while the database is away, and refuses nobody before it has known one', async () => {
    await setPolicy('refuse-unknown');
    let isAway = false;
    const away: Database = {
      ...test.database,
      withSystem: (work) =>
        isAway ? Promise.reject(new AppError('DATABASE_UNAVAILABLE')) : test.database.withSystem(work),
    };
    const admit = admission(away);
    expect(await admit(caller('NOBODY'))).toMatchObject({ isAdmitted: false });
    isAway = true;
    clock.advanceMs(longEnoughMs);
    expect(await admit(caller('NOBODY'))).toMatchObject({ isAdmitted: false });
    expect(await admission(away)(caller('NOBODY'))).toEqual({ isAdmitted: true });
  });

  it('keeps no caller waiting for a database that does not answer', async () => {
    const silent: Database = { ...test.database, withSystem: () => new Promise(() => undefined) };
    expect(await admission(silent)(caller('CT1'))).toEqual({ isAdmitted: true });
  });
});
