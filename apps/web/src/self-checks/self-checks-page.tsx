import type { FilmToCheck } from '@jiapian/contract';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { useMay } from '../api/session.ts';
import { useHospitalTime } from '../app/hospital-time.ts';
import { PermissionGate } from '../app/permission-gate.tsx';
import { useFilmTitle } from '../review/film-title.tsx';
import { Card } from '../ui/card.tsx';
import { DataTable, type Column } from '../ui/data-table.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { StateTag } from '../ui/state-tag.tsx';
import { CheckAgreementCard } from './check-agreement-card.tsx';
import { CheckPolicyCard } from './check-policy-card.tsx';
import { checksToDoQuery } from './self-check-queries.ts';
import './self-checks.css';

/** Films that wait for a word, how far the words agree with the grades, and whether the hospital wants them at all. */
export function SelfChecksPage() {
  const { t } = useTranslation('self-checks');
  const may = useMay();
  return (
    <PermissionGate permission="review.read">
      <PageHead title={t('title')}>
        <span className="secondary">{t('remark')}</span>
      </PageHead>
      <div className="self-checks">
        {may('self-checks.check') ? <ToDoCard /> : null}
        <CheckAgreementCard />
        {may('review.plan') ? <CheckPolicyCard /> : null}
      </div>
    </PermissionGate>
  );
}

function ToDoCard() {
  const { t } = useTranslation('self-checks');
  const navigate = useNavigate();
  const time = useHospitalTime();
  const titleOf = useFilmTitle();
  const toDo = useQuery(checksToDoQuery);
  const items = toDo.data?.items ?? [];
  const isOff = toDo.data && !toDo.data.policy.isSelfCheckOn && toDo.data.policy.crossShare === 0;
  const begin = (): void => void navigate({ to: '/self-checks/now' });
  const columns: readonly Column<FilmToCheck>[] = [
    {
      key: 'kind',
      title: t('column.kind'),
      width: 130,
      render: ({ kind }) => <StateTag tone={kind === 'self' ? 'active' : 'plain'}>{t(`kind.${kind}`)}</StateTag>,
    },
    { key: 'film', title: t('column.film'), render: (film) => <strong>{titleOf(film)}</strong> },
    { key: 'at', title: t('column.at'), width: 150, render: ({ examAt }) => (examAt ? time.brief(examAt) : '—') },
    { key: 'accession', title: t('column.accession'), width: 180, render: (film) => film.accessionNumber ?? '—' },
  ];
  const empty = isOff ? 'off' : 'empty';
  return (
    <Card
      title={t('toDo')}
      remark={items.length > 0 ? t('phoneHint') : null}
      isFlush
      actions={
        items.length > 0 ? (
          <Button type="primary" className="self-checks-begin" onClick={begin}>
            {t('phone')} · {items.length}
          </Button>
        ) : null
      }
    >
      {toDo.isError ? <ProblemNotice problem={asProblem(toDo.error)} onRetry={() => void toDo.refetch()} /> : null}
      <DataTable
        label={t('toDo')}
        rows={items}
        columns={columns}
        rowKey={({ filmId }) => filmId}
        onOpen={begin}
        isLoading={toDo.isPending}
        empty={toDo.isError ? null : <EmptyState title={t(`${empty}.title`)} text={t(`${empty}.text`)} />}
      />
    </Card>
  );
}
