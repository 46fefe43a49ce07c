import { DownloadOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { addressOf, type QueryValue } from '../api/address.ts';

const formats = ['xlsx', 'csv'] as const;
export type ExportFormat = (typeof formats)[number];

/** A whole list as a file, made by the server with the filters of the page. */
export function ExportButton(props: { readonly path: string; readonly query: Readonly<Record<string, QueryValue>> }) {
  const { t, i18n } = useTranslation('shell');
  return (
    <ExportMenu
      render={(format) => (
        <a href={addressOf(props.path, { ...props.query, format, locale: i18n.language })} download>
          {t(`export.${format}`)}
        </a>
      )}
    />
  );
}

/** The same button where choosing a format does the work itself. */
export function ExportMenu(props: {
  readonly render?: (format: ExportFormat) => ReactNode;
  readonly onChoose?: (format: ExportFormat) => void;
  readonly isBusy?: boolean;
  readonly size?: 'small' | 'middle';
}) {
  const { t } = useTranslation('shell');
  const items = formats.map((format) => ({
    key: format,
    label: props.render?.(format) ?? t(`export.${format}`),
    onClick: () => props.onChoose?.(format),
  }));
  return (
    <Dropdown menu={{ items }} trigger={['click']}>
      <Button icon={<DownloadOutlined />} loading={props.isBusy ?? false} size={props.size ?? 'middle'}>
        {t('export.button')}
      </Button>
    </Dropdown>
  );
}
