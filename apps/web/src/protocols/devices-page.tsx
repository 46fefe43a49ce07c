import type { ParameterDevice } from '@jiapian/contract';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { useHospitalTime } from '../app/hospital-time.ts';
import { PermissionGate } from '../app/permission-gate.tsx';
import { DataTable, type Column } from '../ui/data-table.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { StateTag } from '../ui/state-tag.tsx';
import { devicesQuery } from './protocol-queries.ts';

export function DevicesPage() {
  return (
    <PermissionGate permission="protocols.read">
      <Devices />
    </PermissionGate>
  );
}

/** Every device: which table is in force, which draft is open, and how its exams kept to the table. */
function Devices() {
  const { t } = useTranslation('protocols');
  const time = useHospitalTime();
  const navigate = useNavigate();
  const devices = useQuery(devicesQuery);
  const days = devices.data?.days ?? 0;
  const columns: readonly Column<ParameterDevice>[] = [
    {
      key: 'name',
      title: t('devices.device'),
      render: ({ deviceId, name, modality }) => (
        <>
          <Link to="/protocols/devices/$deviceId" params={{ deviceId }}>
            <strong>{name}</strong>
          </Link>{' '}
          <span className="hint">{modality}</span>
        </>
      ),
    },
    {
      key: 'owner',
      title: t('devices.owner'),
      width: 130,
      render: ({ ownerName }) => ownerName ?? <span className="hint">{t('devices.noOwner')}</span>,
    },
    {
      key: 'inForce',
      title: t('devices.inForce'),
      width: 210,
      render: ({ inForce, kind }) =>
        inForce ? (
          <>
            <StateTag tone="good">{t('version', { version: inForce.version })}</StateTag>{' '}
            <span className="hint">{time.full(inForce.inForceAt)}</span>
          </>
        ) : (
          <span className="hint">{t(kind === null ? 'devices.noKind' : 'devices.none')}</span>
        ),
    },
    {
      key: 'draft',
      title: t('devices.draft'),
      width: 160,
      render: ({ draft }) => (draft ? <StateTag tone="attention">{t(`state.${draft.state}`)}</StateTag> : ''),
    },
    {
      key: 'good',
      title: t('devices.goodFilms'),
      width: 110,
      align: 'right',
      render: ({ goodFilms }) => goodFilms,
      isWide: true,
    },
    {
      key: 'judged',
      title: t('devices.judged', { days }),
      width: 130,
      align: 'right',
      render: ({ judged, waiting }) => (waiting > 0 ? t('devices.waiting', { judged, waiting }) : judged),
    },
    {
      key: 'deviating',
      title: t('devices.deviating'),
      width: 110,
      align: 'right',
      render: ({ deviating, deviceId }) =>
        deviating > 0 ? (
          <Link to="/protocols/violations" search={{ deviceId }}>
            {deviating}
          </Link>
        ) : (
          deviating
        ),
    },
    {
      key: 'notJudged',
      title: t('devices.notJudged'),
      width: 110,
      align: 'right',
      render: ({ notJudged }) => notJudged,
    },
  ];
  return (
    <>
      <PageHead
        title={t('title')}
        actions={
          <>
            <Button onClick={() => void navigate({ to: '/protocols/calculators' })}>{t('calculators.title')}</Button>
            <Button onClick={() => void navigate({ to: '/protocols/violations', search: {} })}>
              {t('violations.title')}
            </Button>
          </>
        }
      >
        <span className="secondary">{t('remark')}</span>
      </PageHead>
      {devices.isError ? (
        <ProblemNotice problem={asProblem(devices.error)} onRetry={() => void devices.refetch()} />
      ) : null}
      <DataTable
        label={t('title')}
        rows={devices.data?.items ?? []}
        columns={columns}
        rowKey={({ deviceId }) => deviceId}
        isLoading={devices.isPending}
        onOpen={({ deviceId }) => void navigate({ to: '/protocols/devices/$deviceId', params: { deviceId } })}
        empty={devices.isError ? null : <EmptyState title={t('devices.empty')} text={t('devices.emptyText')} />}
        file="parameter-tables"
      />
    </>
  );
}
