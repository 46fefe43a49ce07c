import { Select } from 'antd';
import dayjs from 'dayjs';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { DayRange } from './analysis-queries.ts';

const choices = [7, 30, 90, 365] as const;

/** The last days up to today, and the control that chooses how many. */
export const useDayRange = (): readonly [DayRange, ReactNode] => {
  const { t } = useTranslation('analysis');
  const [days, setDays] = useState<number>(30);
  const today = dayjs();
  const range = {
    fromDay: today.subtract(days - 1, 'day').format('YYYY-MM-DD'),
    toDay: today.add(1, 'day').format('YYYY-MM-DD'),
  };
  const control = (
    <Select
      aria-label={t('days.label')}
      value={days}
      onChange={setDays}
      options={choices.map((value) => ({ value, label: t('days.last', { count: value }) }))}
    />
  );
  return [range, control];
};
