import { hospitalSettingsSchema, type HospitalSettings } from '@jiapian/contract';
import { defaultHoldMinutes, defaultQuietPeriodMs } from '@jiapian/rules';
import type { UnitOfWork } from '../platform/database.ts';
import { listSettings, saveSettings } from './organization.repository.ts';

/** Product defaults [PD]; a hospital changes each under Settings. */
const defaults: HospitalSettings = {
  callerPolicy: 'accept-and-list',
  quietSeconds: defaultQuietPeriodMs / 1000,
  holdMinutes: defaultHoldMinutes,
  watchedFolder: '',
};

/** The settings of the hospital, defaults where nothing was said. */
export const readHospitalSettings = async (unit: UnitOfWork): Promise<HospitalSettings> => {
  const stored = Object.fromEntries((await listSettings(unit)).map((row) => [row.key, row.value]));
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
  const changes = Object.entries(settings).map(([key, value]) => ({ key, value: JSON.stringify(value) }));
  if (changes.length > 0) await saveSettings(unit, changes, changedBy, now);
};
