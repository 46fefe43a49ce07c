import type { Incident } from '@jiapian/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
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
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { StateTag } from '../ui/state-tag.tsx';
import { IncidentDrawer } from './incident-drawer.tsx';
import { incidentsQuery } from './position-queries.ts';

/** The register of errors, beside the grades. */
export function IncidentsPage() {
  return (
    <PermissionGate permission="review.read">
      <Incidents />
    </PermissionGate>
  );
}

function Incidents() {
  const { t } = useTranslation('standards');
  const time = useHospitalTime();
  const may = useMay();
  const incidents = useQuery(incidentsQuery);
  const [shown, setShown] = useState<Incident | 'new' | null>(null);
  const columns: Column<Incident>[] = [
    { key: 'at', title: t('incidents.happened'), width: 150, render: (entry) => time.full(entry.happenedAt) },
    { key: 'kind', title: t('incidents.kind'), width: 150, render: (entry) => t(`incidents.kinds.${entry.kind}`) },
    {
      key: 'severity',
      title: t('incidents.severity'),
      width: 110,
      render: (entry) =>
        entry.severity === null ? t('incidents.unjudged') : t(`incidents.severities.${entry.severity}`),
    },
    {
      key: 'exam',
      title: t('incidents.exam'),
      width: 150,
      render: (entry) =>
        entry.examId === null ? (
          t('shell:none')
        ) : (
          <Link to="/exams/$examId" params={{ examId: entry.examId }}>
            {entry.accessionNumber || entry.examId}
          </Link>
        ),
    },
    { key: 'what', title: t('incidents.description'), render: (entry) => entry.description },
    {
      key: 'by',
      title: t('incidents.openedBy'),
      width: 120,
      render: (entry) => entry.openedByName ?? t('incidents.byVeto'),
      isWide: true,
    },
    {
      key: 'state',
      title: t('incidents.state'),
      width: 100,
      render: (entry) => (
        <StateTag tone={entry.closedAt === null ? 'attention' : 'good'}>
          {t(entry.closedAt === null ? 'incidents.open' : 'incidents.closed')}
        </StateTag>
      ),
    },
  ];
  return (
    <>
      <PageHead
        title={t('incidents.title')}
        actions={
          <>
            {may('review.plan') ? <ExportButton path="/incidents/export" query={{}} /> : null}
            {may('review.grade') ? (
              <Button type="primary" onClick={() => setShown('new')}>
                {t('incidents.new')}
              </Button>
            ) : null}
          </>
        }
      />
      {incidents.isError ? (
        <ProblemNotice problem={asProblem(incidents.error)} onRetry={() => void incidents.refetch()} />
      ) : null}
      <DataTable
        label={t('incidents.title')}
        rows={incidents.data ?? []}
        columns={columns}
        rowKey={(entry) => entry.incidentId}
        isLoading={incidents.isPending}
        onOpen={may('review.plan') ? setShown : undefined}
        empty={incidents.isError ? null : <EmptyState title={t('incidents.none')} text={t('incidents.noneText')} />}
      />
      {shown === null ? null : (
        <IncidentDrawer incident={shown === 'new' ? null : shown} onClose={() => setShown(null)} />
      )}
    </>
  );
}
