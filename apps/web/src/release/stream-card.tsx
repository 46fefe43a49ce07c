import type { DeviceStream } from '@jiapian/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Checkbox, Form, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { useMay } from '../api/session.ts';
import { Card } from '../ui/card.tsx';
import { DataTable, type Column } from '../ui/data-table.tsx';
import { FormDrawer } from '../ui/form-drawer.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { StateTag } from '../ui/state-tag.tsx';
import { deviceStreamsQuery, streamChecksQuery, switchStream } from './release-queries.ts';

interface StreamForm {
  mode: DeviceStream['mode'];
  care: DeviceStream['care'];
  confirmed: string[];
}
const modes = ['in-line', 'beside', 'fetch'] as const;
const cares = ['none', 'icu', 'intraoperative'] as const;

/** How each device stands in the stream: one switch with its check list. */
export function StreamCard() {
  const { t } = useTranslation('release');
  const may = useMay();
  const devices = useQuery(deviceStreamsQuery);
  const [changing, setChanging] = useState<DeviceStream | null>(null);
  const columns: Column<DeviceStream>[] = [
    { key: 'device', title: t('stream.device'), render: (row) => <strong>{row.deviceName}</strong> },
    { key: 'modality', title: t('policy.modalities'), render: (row) => row.modality },
    { key: 'mode', title: t('stream.mode'), render: (row) => t(`stream.${row.mode}`) },
    { key: 'care', title: t('stream.care'), render: (row) => t(`stream.${row.care}`) },
    {
      key: 'act',
      title: '',
      align: 'right',
      render: (row) =>
        may('organization.manage') ? (
          <Button type="link" size="small" onClick={() => setChanging(row)}>
            {t('stream.switch')}
          </Button>
        ) : null,
    },
  ];
  return (
    <Card title={t('stream.title')} remark={t('stream.remark')} isFlush>
      {devices.isError ? (
        <ProblemNotice problem={asProblem(devices.error)} onRetry={() => void devices.refetch()} />
      ) : null}
      <DataTable
        file="ways"
        label={t('stream.title')}
        rows={devices.data ?? []}
        columns={columns}
        rowKey={(row) => row.deviceId}
        isLoading={devices.isPending}
      />
      {changing ? <SwitchDrawer device={changing} onClose={() => setChanging(null)} /> : null}
    </Card>
  );
}

function SwitchDrawer({ device, onClose }: { device: DeviceStream; onClose: () => void }) {
  const { t } = useTranslation('release');
  const client = useQueryClient();
  return (
    <FormDrawer<StreamForm>
      title={t('stream.switchTitle', { name: device.deviceName })}
      initial={{ mode: device.mode, care: device.care, confirmed: [] }}
      save={(form) => switchStream(device.deviceId, { ...form, version: device.version })}
      onSaved={() => {
        void client.invalidateQueries({ queryKey: ['release'] });
        onClose();
      }}
      onClose={onClose}
    >
      <Form.Item name="mode" label={t('stream.mode')}>
        <Radio.Group options={modes.map((value) => ({ value, label: t(`stream.${value}`) }))} />
      </Form.Item>
      <Form.Item name="care" label={t('stream.care')}>
        <Radio.Group options={cares.map((value) => ({ value, label: t(`stream.${value}`) }))} />
      </Form.Item>
      <CheckList device={device} />
    </FormDrawer>
  );
}

function CheckList({ device }: { device: DeviceStream }) {
  const { t } = useTranslation('release');
  const mode = (Form.useWatch('mode') as DeviceStream['mode'] | undefined) ?? device.mode;
  const list = useQuery({ ...streamChecksQuery(device.deviceId, mode), enabled: mode !== device.mode });
  if (mode === device.mode || !list.data) return null;
  const byPerson = list.data.checks.filter((check) => check.isMet === null);
  return (
    <>
      <h3>{t('stream.checks')}</h3>
      <ul className="row-list">
        {list.data.checks
          .filter((check) => check.isMet !== null)
          .map((check) => (
            <li key={check.code} className="row-line">
              <span>{t(`stream.check.${check.code}`)}</span>
              <StateTag tone={check.isMet ? 'good' : 'bad'}>{t(check.isMet ? 'stream.met' : 'stream.open')}</StateTag>
            </li>
          ))}
      </ul>
      <Form.Item name="confirmed">
        <Checkbox.Group options={byPerson.map(({ code }) => ({ value: code, label: t(`stream.check.${code}`) }))} />
      </Form.Item>
    </>
  );
}
