import { positionLibrary } from '@jiapian/rules';
import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { devicesQuery } from '../organization/organization-queries.ts';

export interface FigureFilter {
  readonly deviceId?: string | undefined;
  readonly positionCode?: string | undefined;
}

/** One device, one position, or all of them: for the chart and the list below it. */
export function FigureFilters(props: {
  readonly filter: FigureFilter;
  readonly onChange: (filter: FigureFilter) => void;
}) {
  const { t, i18n } = useTranslation('analysis');
  const { filter, onChange } = props;
  const devices = useQuery({ ...devicesQuery, staleTime: 300_000 });
  const language = i18n.language === 'en' ? 'en' : 'zh';
  return (
    <>
      <Select
        allowClear
        aria-label={t('measurements.device')}
        placeholder={t('measurements.device')}
        value={filter.deviceId ?? null}
        onChange={(deviceId: string | undefined) => onChange({ ...filter, deviceId })}
        style={{ width: 160 }}
        options={(devices.data ?? []).map(({ deviceId, name }) => ({ value: deviceId, label: name }))}
      />
      <Select
        allowClear
        aria-label={t('measurements.position')}
        placeholder={t('measurements.position')}
        value={filter.positionCode ?? null}
        onChange={(positionCode: string | undefined) => onChange({ ...filter, positionCode })}
        style={{ width: 180 }}
        showSearch={{ optionFilterProp: 'label' }}
        options={positionLibrary.map(({ code, name }) => ({ value: code, label: `${code} ${name[language]}` }))}
      />
    </>
  );
}
