import type { ParameterDevicePage } from '@jiapian/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { Button, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { useMay } from '../api/session.ts';
import { PermissionGate } from '../app/permission-gate.tsx';
import { Card } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { FactList } from '../ui/fact-list.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { ConsoleCard } from './console-card.tsx';
import { DriftCard } from './drift-card.tsx';
import { beginTable, deviceQuery } from './protocol-queries.ts';
import './protocols.css';
import { VersionTable } from './version-table.tsx';

const route = getRouteApi('/signed-in/shell/protocols/devices/$deviceId');

export function DevicePage() {
  return (
    <PermissionGate permission="protocols.read">
      <Device />
    </PermissionGate>
  );
}

/** One device: its tables, the code at its console, and how it drifts. */
function Device() {
  const { t } = useTranslation('protocols');
  const { deviceId } = route.useParams();
  const found = useQuery(deviceQuery(deviceId));
  if (found.isError) return <ProblemNotice problem={asProblem(found.error)} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Skeleton active paragraph={{ rows: 10 }} />;
  const { device, versions, consoleLink } = found.data;
  return (
    <>
      <PageHead title={t('device.title', { name: device.name })} actions={<BeginButtons device={device} />}>
        <Link to="/protocols">{t('device.back')}</Link>
      </PageHead>
      <div className="protocol-device">
        <div className="protocol-column">
          <Card title={t('device.versions')} isFlush>
            {versions.length === 0 ? (
              <EmptyState
                title={t('device.empty')}
                text={t(device.kind === null ? 'devices.noKind' : 'device.emptyText', { films: device.goodFilms })}
              />
            ) : (
              <VersionTable versions={versions} />
            )}
          </Card>
          <DriftCard deviceId={deviceId} />
        </div>
        <div className="protocol-column">
          <Card title={t('device.standing')}>
            <FactList
              facts={[
                [t('devices.owner'), device.ownerName ?? t('devices.noOwner')],
                [t('devices.goodFilms'), String(device.goodFilms)],
                [t('device.judged'), String(device.judged)],
                [t('devices.deviating'), String(device.deviating)],
                [t('devices.notJudged'), String(device.notJudged)],
                [t('device.waiting'), device.waiting > 0 ? String(device.waiting) : ''],
              ]}
            />
            <p>
              <Link to="/protocols/violations" search={{ deviceId }}>
                {t('device.toViolations')}
              </Link>
            </p>
          </Card>
          <ConsoleCard deviceId={deviceId} link={consoleLink} isInForce={device.inForce !== null} />
        </div>
      </div>
    </>
  );
}

function BeginButtons({ device }: { device: ParameterDevicePage['device'] }) {
  const { t } = useTranslation('protocols');
  const may = useMay();
  const navigate = useNavigate();
  const client = useQueryClient();
  const beginning = useMutation({
    mutationFn: (from: 'films' | 'in-force' | 'empty') => beginTable(device.deviceId, from),
    onSuccess: ({ tableId }) => {
      void client.invalidateQueries({ queryKey: ['protocols'] });
      void navigate({ to: '/protocols/tables/$tableId', params: { tableId } });
    },
  });
  if (!may('protocols.manage') || device.kind === null) return null;
  if (device.draft) {
    const { tableId } = device.draft;
    return (
      <Button type="primary" onClick={() => void navigate({ to: '/protocols/tables/$tableId', params: { tableId } })}>
        {t('device.openDraft')}
      </Button>
    );
  }
  return (
    <>
      {beginning.isError ? <ProblemNotice problem={asProblem(beginning.error)} /> : null}
      <Button loading={beginning.isPending} onClick={() => beginning.mutate('empty')}>
        {t('device.beginEmpty')}
      </Button>
      {device.inForce ? (
        <Button loading={beginning.isPending} onClick={() => beginning.mutate('in-force')}>
          {t('device.beginCopy')}
        </Button>
      ) : null}
      <Button type="primary" loading={beginning.isPending} onClick={() => beginning.mutate('films')}>
        {t('device.beginFilms')}
      </Button>
    </>
  );
}
