import { hospitalSettingsSchema, type HospitalSettings } from '@jiapian/contract';
import { defaultHoldMinutes, defaultQuietPeriodMs } from '@jiapian/rules';
import type { UnitOfWork } from '../platform/database.ts';

/** Product defaults [PD]; a hospital changes each under Settings. */
const defaults: HospitalSettings = {
  callerPolicy: 'accept-and-list',
  quietSeconds: defaultQuietPeriodMs / 1000,
  holdMinutes: defaultHoldMinutes,
  watchedFolder: '',
};

/** The settings of the hospital, defaults where nothing was said. */
export const readHospitalSettings = async (unit: UnitOfWork): Promise<HospitalSettings> => {
  const rows = await unit.db
    .selectFrom('hospital_setting')
    .select(['key', 'value'])
    .where('hospital_id', '=', unit.hospitalId)
    .execute();
  const stored = Object.fromEntries(rows.map((row) => [row.key, row.value]));
  const parsed = hospitalSettingsSchema.partial().safeParse(stored);
  return parsed.success ? { ...defaults, ...defined(parsed.data) } : defaults;
};

const defined = (settings: Partial<{ [Key in keyof HospitalSettings]: HospitalSettings[Key] | undefined }>) =>
  Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) as Partial<HospitalSettings>;

export const writeHospitalSettings = async (
  unit: UnitOfWork,
  settings: Partial<HospitalSettings> & { isDemo?: boolean },
  changedBy: string | null,
  now: Date,
): Promise<void> => {
  const rows = Object.entries(settings).map(([key, value]) => ({
    hospital_id: unit.hospitalId,
    key,
    value: JSON.stringify(value),
    changed_by: changedBy,
    changed_at: now,
  }));
  if (rows.length === 0) return;
  await unit.db
    .insertInto('hospital_setting')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['hospital_id', 'key']).doUpdateSet(({ ref }) => ({
        value: ref('excluded.value'),
        changed_by: ref('excluded.changed_by'),
        changed_at: ref('excluded.changed_at'),
      })),
    )
    .execute();
};
