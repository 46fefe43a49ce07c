import { LinkOutlined, PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { App, Button, DatePicker, Form, Popover, Segmented, Select } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useHospitalTime } from '../app/hospital-time.ts';
import { devicesQuery } from '../organization/organization-queries.ts';
import { copyText } from '../ui/copy-text.ts';
import { FilterChip } from '../ui/filter-chip.tsx';
import type { ExamSearch } from './exam-search.ts';

const modalities = ['DX', 'CR', 'CT', 'MR', 'MG', 'RF', 'XA', 'US', 'IO', 'PX', 'NM', 'PT'];
/** Days back of the presets, first and last. */
const presets = { today: [0, 0], yesterday: [1, 1], week: [6, 0] } as const;
type Preset = keyof typeof presets;

/** Filters of the register; each one that is set is a chip and a part of the address. */
export function RegisterFilters({ search, onChange }: { search: ExamSearch; onChange: (next: ExamSearch) => void }) {
  const { t } = useTranslation('exams');
  const { message } = App.useApp();
  const time = useHospitalTime();
  const devices = useQuery(devicesQuery);
  const daysOf = (preset: Preset): Pick<ExamSearch, 'from' | 'to'> => ({
    from: time.dayBefore(presets[preset][0]),
    to: time.dayBefore(presets[preset][1]),
  });
  const preset = (Object.keys(presets) as Preset[]).find((name) => {
    const days = daysOf(name);
    return days.from === search.from && days.to === search.to;
  });
  const hasDays = search.from !== undefined || search.to !== undefined;
  const nameOf = (deviceId: string): string =>
    devices.data?.find((device) => device.deviceId === deviceId)?.name || t('shell:unknown');
  const without = (...names: (keyof ExamSearch)[]): void =>
    onChange(Object.fromEntries(Object.entries(search).filter(([name]) => !names.some((each) => each === name))));
  const copy = async (): Promise<void> => {
    await copyText(window.location.href);
    void message.success(t('shell:copied'));
  };
  return (
    <div className="filter-bar">
      <Segmented
        value={preset ?? (hasDays ? 'range' : 'all')}
        options={[
          ...(Object.keys(presets) as Preset[]).map((value) => ({ value, label: t(`register.days.${value}`) })),
          { value: 'all', label: t('register.days.all') },
          ...(hasDays && !preset ? [{ value: 'range', label: t('register.days.range') }] : []),
        ]}
        onChange={(value) => {
          const { from: _from, to: _to, ...rest } = search;
          onChange(value in presets ? { ...rest, ...daysOf(value as Preset) } : rest);
        }}
      />
      {hasDays && !preset ? (
        <FilterChip
          label={t('register.filter.days')}
          value={`${search.from ?? '…'} – ${search.to ?? '…'}`}
          onRemove={() => without('from', 'to')}
        />
      ) : null}
      {search.text ? (
        <FilterChip label={t('register.filter.text')} value={search.text} onRemove={() => without('text')} />
      ) : null}
      {search.modality ? (
        <FilterChip
          label={t('register.filter.modality')}
          value={search.modality}
          onRemove={() => without('modality')}
        />
      ) : null}
      {search.deviceId ? (
        <FilterChip
          label={t('register.filter.device')}
          value={search.deviceId.split(',').map(nameOf).join(', ')}
          onRemove={() => without('deviceId')}
        />
      ) : null}
      {search.state ? (
        <FilterChip
          label={t('register.filter.state')}
          value={t(`state.${search.state}`)}
          onRemove={() => without('state')}
        />
      ) : null}
      <MoreFilters search={search} onChange={onChange} devices={devices.data ?? []} />
      <span className="spacer" />
      <Button type="link" icon={<LinkOutlined />} onClick={() => void copy()}>
        {t('shell:copyLink')}
      </Button>
    </div>
  );
}

function MoreFilters(props: {
  search: ExamSearch;
  onChange: (next: ExamSearch) => void;
  devices: readonly { deviceId: string; name: string; aeTitle: string }[];
}) {
  const { t } = useTranslation('exams');
  const { search, onChange } = props;
  const [isOpen, setIsOpen] = useState(false);
  const listOf = (text: string | undefined): string[] => (text ? text.split(',') : []);
  const set = (name: 'modality' | 'deviceId', values: readonly string[]): void =>
    onChange({ ...search, [name]: values.length > 0 ? values.join(',') : undefined });
  return (
    <Popover
      open={isOpen}
      onOpenChange={setIsOpen}
      trigger="click"
      placement="bottomLeft"
      content={
        <Form layout="vertical" style={{ width: 320 }}>
          <Form.Item label={t('register.filter.days')}>
            <DatePicker.RangePicker
              style={{ width: '100%' }}
              allowEmpty={[true, true]}
              value={[search.from ? dayjs(search.from) : null, search.to ? dayjs(search.to) : null]}
              onChange={(range) =>
                onChange({
                  ...search,
                  from: range?.[0]?.format('YYYY-MM-DD'),
                  to: range?.[1]?.format('YYYY-MM-DD'),
                })
              }
            />
          </Form.Item>
          <Form.Item label={t('register.filter.modality')}>
            <Select
              mode="multiple"
              value={listOf(search.modality)}
              options={modalities.map((value) => ({ value, label: value }))}
              onChange={(values) => set('modality', values)}
            />
          </Form.Item>
          <Form.Item label={t('register.filter.device')}>
            <Select
              mode="multiple"
              showSearch={{ optionFilterProp: 'label' }}
              value={listOf(search.deviceId)}
              options={props.devices.map((device) => ({
                value: device.deviceId,
                label: device.name || device.aeTitle,
              }))}
              onChange={(values) => set('deviceId', values)}
            />
          </Form.Item>
          <Form.Item label={t('register.filter.state')} style={{ marginBottom: 0 }}>
            <Select
              allowClear
              value={search.state ?? null}
              options={(['receiving', 'ready'] as const).map((value) => ({ value, label: t(`state.${value}`) }))}
              onChange={(value) => onChange({ ...search, state: value ?? undefined })}
            />
          </Form.Item>
        </Form>
      }
    >
      <Button size="small" type="dashed" shape="round" icon={<PlusOutlined />}>
        {t('shell:table.filter')}
      </Button>
    </Popover>
  );
}
