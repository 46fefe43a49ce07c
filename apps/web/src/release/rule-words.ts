import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { deviceStreamsQuery } from './release-queries.ts';
import type { HoldRule } from './rule-drawer.tsx';

const MINUTES_PER_HOUR = 60;

/** `07:30` */
export const clockOf = (minute: number): string =>
  [Math.floor(minute / MINUTES_PER_HOUR), minute % MINUTES_PER_HOUR]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');

/** What a rule asks, in one line. */
export const useRuleWords = (): ((rule: HoldRule) => string) => {
  const { t } = useTranslation('release');
  const devices = useQuery(deviceStreamsQuery);
  const nameOf = (id: string): string => devices.data?.find((device) => device.deviceId === id)?.deviceName ?? id;
  return (rule) =>
    [
      rule.modalities.join(' '),
      rule.deviceIds.map(nameOf).join(' '),
      rule.positionCodes.join(' '),
      rule.patientSettings.map((setting) => t(`policy.patient.${setting}`)).join(' '),
      rule.weekdays.map((day) => t(`policy.weekday.${day}`)).join(' '),
      rule.fromMinute !== null && rule.toMinute !== null ? `${clockOf(rule.fromMinute)}–${clockOf(rule.toMinute)}` : '',
      rule.reviewersAtLeast === null ? '' : `${t('policy.atLeast')} ${rule.reviewersAtLeast}`,
      rule.reviewersAtMost === null ? '' : `${t('policy.atMost')} ${rule.reviewersAtMost}`,
      rule.samplePercent === null ? '' : `${rule.samplePercent} %`,
      rule.holdMinutes === null ? '' : `≤ ${rule.holdMinutes} min`,
    ]
      .filter((part) => part !== '')
      .join(' · ') || t('policy.any');
};
