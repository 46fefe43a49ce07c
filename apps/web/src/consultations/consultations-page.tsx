import type { ConsultationRow } from '@jiapian/contract';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { useHospitalTime } from '../app/hospital-time.ts';
import { PermissionGate } from '../app/permission-gate.tsx';
import { DataTable, type Column } from '../ui/data-table.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { ConsultationStateTag } from './consultation-state-tag.tsx';
import { consultationsQuery } from './consultation-queries.ts';

const route = getRouteApi('/signed-in/shell/consultations');

/** Consultations that run, and those that are over; each with what the person has to do in it. */
export function ConsultationsPage() {
  return (
    <PermissionGate permission="consultations.ask">
      <Consultations />
    </PermissionGate>
  );
}

function Consultations() {
  const { t } = useTranslation('consultations');
  const navigate = useNavigate();
  const time = useHospitalTime();
  const list = route.useSearch().list === 'closed' ? 'closed' : 'current';
  const held = useQuery(consultationsQuery(list));
  const open = ({ consultationId }: ConsultationRow): void =>
    void navigate({ to: '/consultations/$consultationId', params: { consultationId } });
  const columns: readonly Column<ConsultationRow>[] = [
    { key: 'state', title: t('column.state'), width: 110, render: (row) => <ConsultationStateTag state={row.state} /> },
    {
      key: 'exam',
      title: t('column.exam'),
      render: (row) => (
        <strong>
          {row.modality} {row.description} · {t('films', { count: row.films })}
        </strong>
      ),
    },
    { key: 'question', title: t('column.question'), render: (row) => row.question },
    { key: 'origin', title: t('column.origin'), width: 130, render: (row) => t(`origin.${row.origin}`) },
    {
      key: 'judged',
      title: t('column.judged'),
      width: 90,
      align: 'right',
      render: (row) => (row.judges > 0 ? `${row.judged} / ${row.judges}` : '—'),
    },
    { key: 'part', title: t('column.part'), width: 130, render: (row) => t(`part.${partOf(row)}`) },
    { key: 'at', title: t('column.askedAt'), width: 130, render: (row) => time.brief(row.askedAt) },
  ];
  return (
    <>
      <PageHead
        title={t('title')}
        actions={
          <Segmented
            aria-label={t('column.state')}
            value={list}
            options={(['current', 'closed'] as const).map((value) => ({ value, label: t(`list.${value}`) }))}
            onChange={(value) => void navigate({ to: '/consultations', search: { list: value } })}
          />
        }
      >
        <span className="secondary">{t('remark')}</span>
      </PageHead>
      {held.isError ? <ProblemNotice problem={asProblem(held.error)} onRetry={() => void held.refetch()} /> : null}
      <section className="card">
        <DataTable
          file="consultations"
          label={t('title')}
          rows={held.data?.items ?? []}
          columns={columns}
          rowKey={(row) => row.consultationId}
          onOpen={open}
          isLoading={held.isPending}
          empty={held.isError ? null : <EmptyState title={t(`empty.${list}.title`)} text={t(`empty.${list}.text`)} />}
        />
      </section>
    </>
  );
}

const partOf = ({ part, isOwnFilm }: ConsultationRow): 'chair' | 'judge' | 'asker' | 'own' | 'none' => {
  if (part.isChair) return 'chair';
  if (part.isJudge) return 'judge';
  if (part.isAsker) return 'asker';
  return isOwnFilm ? 'own' : 'none';
};
