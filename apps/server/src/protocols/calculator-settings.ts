import type { CalculatorSettingsView } from '@jiapian/contract';
import { calculatorSettingsSchema } from '@jiapian/contract';
import { AppError } from '@jiapian/kernel';
import { type CalculatorSettings, calculatorSettingsFaults, defaultCalculatorSettings } from '@jiapian/rules';
import type { AuditActor } from '../audit/index.ts';
import type { UnitOfWork } from '../platform/database.ts';
import { findCalculatorSettings, writeCalculatorSettings } from './calculator-settings.repository.ts';
import { enter } from './enter.ts';

/** The limits and factors of the calculators: the hospital's own, else those of the product. */
export const describeCalculatorSettings = async (unit: UnitOfWork): Promise<CalculatorSettingsView> => {
  const own = await findCalculatorSettings(unit);
  const parsed = calculatorSettingsSchema.safeParse(own?.value);
  if (own === undefined || !parsed.success)
    return { ...asView(defaultCalculatorSettings), isChanged: false, changedAt: null };
  return { ...parsed.data, isChanged: true, changedAt: own.changed_at.toISOString() };
};

const asView = ({ limits, gridFactors }: CalculatorSettings) => ({
  limits: { ...limits },
  gridFactors: [...gridFactors],
});

export const saveCalculatorSettings = async (
  unit: UnitOfWork,
  by: AuditActor,
  settings: CalculatorSettings,
  at: Date,
): Promise<CalculatorSettingsView> => {
  const faults = calculatorSettingsFaults(settings);
  if (faults.length > 0) throw new AppError('PROTOCOLS_SETTINGS_FAULTY', { faults });
  await writeCalculatorSettings(unit, settings, { at, by: by.accountId });
  await enter(unit, by, 'calculators-changed', 'calculators');
  return describeCalculatorSettings(unit);
};
