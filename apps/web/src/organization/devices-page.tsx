import { PlusOutlined } from '@ant-design/icons';
import type { Device } from '@jiapian/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { useMay } from '../api/session.ts';
import { useHospitalTime } from '../app/hospital-time.ts';
import { Card } from '../ui/card.tsx';
import { DataTable, type Column } from '../ui/data-table.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { StateTag } from '../ui/state-tag.tsx';
import { DeviceDrawer } from './device-drawer.tsx';
import { devicesQuery, roomsQuery } from './organization-queries.ts';
import { useListEditor } from './use-list-editor.ts';

/** Devices, those that nobody has named yet on top. */
export function DevicesPage() {
  const { t } = useTranslation('organization');
  const time = useHospitalTime();
  const may = useMay();
  const devices = useQuery(devicesQuery);
  const rooms = useQuery(roomsQuery);
  const editor = useListEditor<Device>('organization');
  const rows = [...(devices.data ?? [])].sort((one, other) => Number(one.isNamed) - Number(other.isNamed));
  const unnamed = rows.filter((device) => !device.isNamed).length;
  const isManaging = may('organization.manage');
  const columns: Column<Device>[] = [
    {
      key: 'name',
      title: t('device.name'),
      render: (device) =>
        device.isNamed ? <strong>{device.name}</strong> : <StateTag tone="attention">{t('device.unnamed')}</StateTag>,
    },
    {
      key: 'ae',
      title: t('device.aeTitle'),
      render: (device) =>
        device.aeTitle === '' ? (
          <span className="hint">{device.stationName || t('shell:unknown')}</span>
        ) : (
          <span className="mono">{device.aeTitle}</span>
        ),
    },
    { key: 'station', title: t('device.stationName'), isWide: true, render: (device) => device.stationName },
    { key: 'modality', title: t('device.modality'), render: (device) => device.modality },
    {
      key: 'model',
      title: t('device.model'),
      isWide: true,
      render: (device) => [device.manufacturer, device.model].filter((part) => part !== '').join(' '),
    },
    {
      key: 'room',
      title: t('device.room'),
      render: (device) => rooms.data?.find((room) => room.roomId === device.roomId)?.name ?? '',
    },
    {
      key: 'hold',
      title: t('device.hold'),
      render: (device) => <HoldWords device={device} />,
    },
    {
      key: 'seen',
      title: t('device.lastSeen'),
      render: (device) => (device.lastSeenAt ? time.brief(device.lastSeenAt) : t('device.neverSeen')),
    },
    {
      key: 'act',
      title: '',
      align: 'right',
      render: (device) =>
        isManaging ? (
          <Button type={device.isNamed ? 'link' : 'default'} size="small" onClick={() => editor.open(device)}>
            {t(device.isNamed ? 'change' : 'device.giveName')}
          </Button>
        ) : null,
    },
  ];
  return (
    <>
      {unnamed > 0 ? (
        <Alert
          type="warning"
          showIcon
          style={{ marginBottom: 12 }}
          title={t('device.unnamedTitle', { count: unnamed })}
          description={t('device.unnamedText')}
        />
      ) : null}
      <Card
        title={t('device.title')}
        remark={t('device.remark')}
        isFlush
        actions={
          isManaging ? (
            <Button icon={<PlusOutlined />} onClick={() => editor.open('new')}>
              {t('device.add')}
            </Button>
          ) : null
        }
      >
        {devices.isError ? (
          <ProblemNotice problem={asProblem(devices.error)} onRetry={() => void devices.refetch()} />
        ) : null}
        <DataTable
          file="devices"
          label={t('device.title')}
          rows={rows}
          columns={columns}
          rowKey={(device) => device.deviceId}
          onOpen={isManaging ? (device) => editor.open(device) : undefined}
          isLoading={devices.isPending}
          empty={
            devices.isError ? null : (
              <EmptyState
                title={t('device.empty')}
                text={t('device.emptyText')}
                action={<Link to="/settings/connection">{t('device.emptyAction')}</Link>}
              />
            )
          }
        />
      </Card>
      {editor.isOpen ? <DeviceDrawer device={editor.row} onSaved={editor.saved} onClose={editor.close} /> : null}
    </>
  );
}

/** Whether and how long its exams are held. */
function HoldWords({ device }: { device: Device }) {
  const { t } = useTranslation('organization');
  if (!device.isNamed) return <span className="secondary">{t('device.neverHeld')}</span>;
  if (device.priorityClass === 'emergency') return <StateTag tone="attention">{t('device.emergency')}</StateTag>;
  return (
    <span>
      {device.holdMinutes === null ? t('device.holdDefault') : t('device.holdMinutes', { count: device.holdMinutes })}
    </span>
  );
}
