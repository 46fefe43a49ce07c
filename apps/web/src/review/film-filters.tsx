import { CloseOutlined, LinkOutlined, PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { App, Button, DatePicker, Input, Popover, Select } from 'antd';
import dayjs from 'dayjs';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { devicesQuery } from '../organization/organization-queries.ts';
import { copyText } from '../ui/copy-text.ts';
import { useKeys } from '../ui/key-listener.ts';
import type { FilmSearch } from './film-search.ts';
import { today } from './review-queries.ts';

const modalities = ['DX', 'CR', 'MG', 'PX', 'CT', 'MR', 'XA', 'RF', 'US', 'PT', 'NM'];
const splitList = (text: string | undefined): string[] => (text ? text.split(',') : []);
const joinList = (values: readonly string[]): string | undefined => values.join(',') || undefined;

const useDeviceNames = (): ReadonlyMap<string, string> => {
  const devices = useQuery({ ...devicesQuery, staleTime: 300_000 });
  return new Map(devices.data?.map((device) => [device.deviceId, device.name || device.aeTitle]));
};

/** Filters as chips; the address holds the same and can be sent to a colleague. */
export function FilmFilters(props: {
  readonly search: FilmSearch;
  readonly onFilter: (part: Partial<FilmSearch>) => void;
}) {
  const { t } = useTranslation(['review', 'shell']);
  const { search, onFilter } = props;
  const { message } = App.useApp();
  const [isOpen, setOpen] = useState(false);
  const devices = useDeviceNames();
  const now = today();
  useKeys((name) => {
    if (name !== 'F') return false;
    setOpen(true);
    return true;
  });

  const chips: { readonly name: string; readonly text: string; readonly remove: Partial<FilmSearch> | null }[] = [
    dayChip(search, now, t),
    ...(search.list
      ? [{ name: t('list.fixed'), text: t(`list.name.${search.list}`), remove: { list: undefined } }]
      : []),
    ...(search.modality
      ? [{ name: t('list.filter.modality'), text: search.modality, remove: { modality: undefined } }]
      : []),
    ...(search.deviceId
      ? [
          {
            name: t('list.filter.device'),
            text: splitList(search.deviceId)
              .map((id) => devices.get(id) ?? id)
              .join(', '),
            remove: { deviceId: undefined },
          },
        ]
      : []),
    ...(search.grade
      ? [
          {
            name: t('list.filter.grade'),
            text: splitList(search.grade)
              .map((grade) => t(`shell:grade.${grade}`))
              .join(', '),
            remove: { grade: undefined },
          },
        ]
      : []),
    ...(search.text ? [{ name: t('list.filter.text'), text: search.text, remove: { text: undefined } }] : []),
  ];
  const copyLink = async (): Promise<void> => {
    await copyText(window.location.href);
    void message.success(t('list.filter.copied'));
  };

  return (
    <div className="filters" role="group" aria-label={t('list.filter.label')}>
      {chips.map(({ name, text, remove }) => (
        <span key={name} className="chip">
          <span>{name}</span> {text}
          {remove ? (
            <button type="button" aria-label={t('list.filter.remove', { name })} onClick={() => onFilter(remove)}>
              <CloseOutlined />
            </button>
          ) : null}
        </span>
      ))}
      <Popover
        open={isOpen}
        onOpenChange={setOpen}
        trigger="click"
        placement="bottomLeft"
        content={<FilterForm search={search} devices={devices} onFilter={onFilter} onClose={() => setOpen(false)} />}
      >
        <Button size="small" shape="round" icon={<PlusOutlined />} type="dashed">
          {t('list.filter.add')}
        </Button>
      </Popover>
      <span className="spacer" />
      <Button size="small" type="text" icon={<LinkOutlined />} onClick={() => void copyLink()}>
        {t('list.filter.copy')}
      </Button>
    </div>
  );
}

const dayChip = (search: FilmSearch, now: string, t: TFunction<readonly ['review', 'shell']>) => {
  const day = search.day ?? now;
  const name = t('list.filter.day');
  if (day === 'any') return { name, text: t('list.anyDay'), remove: { day: undefined } };
  if (day === now) return { name, text: t('list.today', { day: day.slice(5) }), remove: { day: 'any' as const } };
  return { name, text: day, remove: { day: undefined } };
};

function FilterForm(props: {
  readonly search: FilmSearch;
  readonly devices: ReadonlyMap<string, string>;
  readonly onFilter: (part: Partial<FilmSearch>) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation(['review', 'shell']);
  const { search, onFilter } = props;
  const day = search.day && search.day !== 'any' ? dayjs(search.day) : null;
  return (
    <div className="filter-form">
      <label htmlFor="filter-text">{t('list.filter.text')}</label>
      <Input.Search
        id="filter-text"
        autoFocus
        allowClear
        defaultValue={search.text}
        placeholder={t('list.filter.textHint')}
        onSearch={(text) => {
          onFilter({ text: text.trim() || undefined });
          props.onClose();
        }}
      />
      <label htmlFor="filter-day">{t('list.filter.day')}</label>
      <DatePicker
        id="filter-day"
        value={day}
        style={{ width: '100%' }}
        onChange={(value) => onFilter({ day: value ? value.format('YYYY-MM-DD') : undefined })}
      />
      <label htmlFor="filter-modality">{t('list.filter.modality')}</label>
      <Select
        id="filter-modality"
        mode="multiple"
        value={splitList(search.modality)}
        options={modalities.map((value) => ({ value, label: value }))}
        onChange={(values) => onFilter({ modality: joinList(values) })}
      />
      <label htmlFor="filter-device">{t('list.filter.device')}</label>
      <Select
        id="filter-device"
        mode="multiple"
        value={splitList(search.deviceId)}
        options={[...props.devices].map(([value, label]) => ({ value, label }))}
        onChange={(values) => onFilter({ deviceId: joinList(values) })}
      />
      <label htmlFor="filter-grade">{t('list.filter.grade')}</label>
      <Select
        id="filter-grade"
        mode="multiple"
        value={splitList(search.grade)}
        options={['A', 'B', 'C', 'reject'].map((value) => ({ value, label: t(`shell:grade.${value}`) }))}
        onChange={(values) => onFilter({ grade: joinList(values) })}
      />
    </div>
  );
}
