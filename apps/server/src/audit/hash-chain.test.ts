import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestDatabase, type TestDatabase } from '../../../../test/testkit/src/database.ts';
import type { UnitOfWork } from '../platform/database.ts';
import { recordEntry, sealChain, systemActor, verifyChain } from './index.ts';

let test: TestDatabase;
beforeAll(async () => {
  test = await startTestDatabase();
});
afterAll(() => test.stop());

const write = async (hospitalId: string, count: number): Promise<void> =>
  test.database.withHospital(hospitalId, async (unit) => {
    for (let index = 0; index < count; index += 1) {
      const fact = {
        action: 'exams.read',
        subjectKind: 'exam',
        subjectId: String(index),
        facts: { b: 1, a: [2, { d: 1, c: 2 }] },
      };
      await recordEntry(unit, systemActor('test'), fact);
    }
  });
const seal = (hospitalId: string) => test.database.withHospital(hospitalId, sealChain);
const verify = (hospitalId: string) => test.database.withHospital(hospitalId, verifyChain);

describe('the audit chain', () => {
  it('shows the unsealed tail, and is whole once sealed', async () => {
    await write(test.hospitalId, 3);
    expect(await verify(test.hospitalId)).toEqual({
      isIntact: true,
      sealedCount: 0,
      unsealedCount: 3,
      firstBrokenAuditId: null,
    });
    expect(await seal(test.hospitalId)).toBe(3);
    expect(await seal(test.hospitalId)).toBe(0);
    expect(await verify(test.hospitalId)).toMatchObject({ isIntact: true, sealedCount: 3, unsealedCount: 0 });
  });

  it('is one chain per hospital', async () => {
    await write(test.otherHospitalId, 1);
    await seal(test.otherHospitalId);
    expect(await verify(test.otherHospitalId)).toMatchObject({ isIntact: true, sealedCount: 1 });
  });

  it('names the entry that somebody with the database in hand has changed', async () => {
    await write(test.hospitalId, 3);
    await seal(test.hospitalId);
    const [changed] = await test.asOwner<{ audit_id: number }>(
      `update audit_entry set actor = 'somebody else'
       where hospital_id = $1 and audit_id = (select audit_id from audit_seal where hospital_id = $1 and seal_number = 5)
       returning audit_id::int`,
      [test.hospitalId],
    );
    expect(await verify(test.hospitalId)).toMatchObject({ isIntact: false, firstBrokenAuditId: changed?.audit_id });
  });

  it('cannot be changed or shortened by the application', async () => {
    const within = (work: (unit: UnitOfWork) => Promise<unknown>) => test.database.withHospital(test.hospitalId, work);
    await expect(within((unit) => unit.db.updateTable('audit_entry').set({ actor: 'x' }).execute())).rejects.toThrow();
    await expect(within((unit) => unit.db.deleteFrom('audit_seal').execute())).rejects.toThrow();
  });
});
