import { sql } from 'kysely';
import type { SystemUnitOfWork, UnitOfWork } from '../platform/database.ts';

export interface ConsoleLinkRow {
  code: string;
  createdAt: Date;
}

/** The link in use of a device. */
export const findConsoleLink = async (
  { db, hospitalId }: UnitOfWork,
  deviceId: string,
): Promise<ConsoleLinkRow | undefined> =>
  (
    await sql<ConsoleLinkRow>`select code, created_at as "createdAt" from console_link
      where hospital_id = ${hospitalId} and device_id = ${deviceId} and ended_at is null`.execute(db)
  ).rows[0];

/** Ends the link in use; answers whether there was one. */
export const endConsoleLink = async ({ db, hospitalId }: UnitOfWork, deviceId: string, at: Date): Promise<boolean> => {
  const { numAffectedRows = 0n } = await sql`update console_link set ended_at = ${at}
    where hospital_id = ${hospitalId} and device_id = ${deviceId} and ended_at is null`.execute(db);
  return numAffectedRows > 0n;
};

export const insertConsoleLink = async (
  { db, hospitalId }: UnitOfWork,
  link: { linkId: string; deviceId: string; code: string; at: Date; by: string | null },
): Promise<void> => {
  await db
    .insertInto('console_link')
    .values({
      hospital_id: hospitalId,
      link_id: link.linkId,
      device_id: link.deviceId,
      code: link.code,
      created_at: link.at,
      created_by: link.by,
    })
    .execute();
};

/** Whose link it is; a phone at a console has no account. */
export const findByConsoleCode = async (
  { db }: SystemUnitOfWork,
  code: string,
): Promise<{ hospitalId: string; deviceId: string } | undefined> =>
  (
    await sql<{ hospitalId: string; deviceId: string }>`select hospital_id as "hospitalId", device_id as "deviceId"
      from console_link where code = ${code} and ended_at is null`.execute(db)
  ).rows[0];
