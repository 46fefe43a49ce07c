import type { Violation } from '@jiapian/contract';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { Segmented, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { useMay } from '../api/session.ts';
import { useHospitalTime } from '../app/hospital-time.ts';
import { PermissionGate } from '../app/permission-gate.tsx';
import { DataTable, type Column } from '../ui/data-table.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ExportButton } from '../ui/export-button.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { Pager, usePages } from '../ui/pager.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { devicesQuery, violationsQuery, type ViolationSearch } from './protocol-queries.ts';
import { useProtocolWords } from './protocol-words.ts';
import './protocols.css';
import { VerdictLines } from './verdict-lines.tsx';

const route = getRouteApi('/signed-in/shell/protocols/violations');
const pageSize = 50;
const choices = [7, 30, 90, 365] as const;

export function ViolationsPage() {
  return (
    <PermissionGate permission="protocols.read">
      <Violations />
    </PermissionGate>
  );
}

/** Exams that did not keep to the table of their device, each opening its film. */
function Violations() {
  const { t } = useTranslation('protocols');
  const words = useProtocolWords();
  const time = useHospitalTime();
  const may = useMay();
  const navigate = useNavigate();
  const { deviceId } = route.useSearch();
  const [days, setDays] = useState<number>(30);
  const [verdict, setVerdict] = useState<ViolationSearch['verdict']>('deviates');
  const search = { deviceId, verdict, days };
  const pages = usePages(JSON.stringify(search));
  const found = useQuery(violationsQuery(search, pages.cursor, pageSize));
  const devices = useQuery(devicesQuery);
  const rows = found.data?.items ?? [];
  const open = ({ filmId }: Violation): void => void navigate({ to: '/review/$filmId', params: { filmId } });
  const columns: readonly Column<Violation>[] = [
    { key: 'at', title: t('violations.exam'), width: 150, render: (row) => time.full(row.examAt) },
    { key: 'device', title: t('devices.device'), width: 120, render: (row) => row.deviceName, isWide: true },
    {
      key: 'film',
      title: t('violations.film'),
      width: 190,
      render: (row) => (
        <>
          <Link to="/review/$filmId" params={{ filmId: row.filmId }}>
            {row.subject === '' ? t('unknown') : words.subjectAndPhase(row.subject, row.phase)}
          </Link>
          <div className="hint">{row.accessionNumber}</div>
        </>
      ),
    },
    {
      key: 'patient',
      title: t('table.patient'),
      width: 170,
      render: ({ patient }) => (
        <>
          {words.className(patient.ageClass)}
          {patient.sizeClass === 'any' ? null : <div className="hint">{words.className(patient.sizeClass)}</div>}
        </>
      ),
    },
    {
      key: 'what',
      title: t('violations.what'),
      render: (row) =>
        row.columns.length === 0 ? t(`reason.${row.reason ?? 'header-silent'}`) : <VerdictLines verdict={row} />,
    },
    {
      key: 'version',
      title: t('versions.version'),
      width: 90,
      render: (row) => t('version', { version: row.tableVersion }),
      isWide: true,
    },
  ];
  return (
    <>
      <PageHead
        title={t('violations.title')}
        actions={
          <>
            <Segmented
              value={verdict}
              onChange={setVerdict}
              options={(['deviates', 'not-judged'] as const).map((value) => ({
                value,
                label: t(`verdictState.${value}`),
              }))}
            />
            <Select
              aria-label={t('devices.device')}
              value={deviceId ?? ''}
              onChange={(value) =>
                void navigate({ to: '/protocols/violations', search: value === '' ? {} : { deviceId: value } })
              }
              style={{ minWidth: 140 }}
              options={[
                { value: '', label: t('violations.allDevices') },
                ...(devices.data?.items ?? []).map((one) => ({ value: one.deviceId, label: one.name })),
              ]}
            />
            <Select
              aria-label={t('drift.days')}
              value={days}
              onChange={setDays}
              options={choices.map((value) => ({ value, label: t('lastDays', { count: value }) }))}
            />
            {may('protocols.manage') ? <ExportButton path="/protocols/violations/export" query={search} /> : null}
          </>
        }
      >
        <Link to="/protocols">{t('device.back')}</Link>
      </PageHead>
      {found.isError ? <ProblemNotice problem={asProblem(found.error)} onRetry={() => void found.refetch()} /> : null}
      <DataTable
        label={t('violations.title')}
        rows={rows}
        columns={columns}
        rowKey={({ verdictId }) => verdictId}
        isLoading={found.isPending}
        onOpen={open}
        empty={found.isError ? null : <EmptyState title={t('violations.empty')} text={t('violations.emptyText')} />}
      />
      <Pager pages={pages} pageSize={pageSize} rows={rows.length} total={null} nextCursor={found.data?.nextCursor} />
    </>
  );
}
