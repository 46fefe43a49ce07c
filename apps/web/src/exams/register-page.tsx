import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { useMay } from '../api/session.ts';
import { PermissionGate } from '../app/permission-gate.tsx';
import { DataTable } from '../ui/data-table.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ExportButton } from '../ui/export-button.tsx';
import { KeyCap } from '../ui/key-cap.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { Pager, usePages } from '../ui/pager.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { EXAM_PAGE_SIZE, examsQuery } from './exam-queries.ts';
import type { ExamSearch } from './exam-search.ts';
import { RegisterFilters } from './register-filters.tsx';
import { useRegisterColumns } from './register-columns.tsx';

const route = getRouteApi('/signed-in/shell/exams');

export function RegisterPage() {
  return (
    <PermissionGate permission="exams.read">
      <Register />
    </PermissionGate>
  );
}

function Register() {
  const { t } = useTranslation('exams');
  const search = route.useSearch();
  const navigate = useNavigate();
  const may = useMay();
  const pages = usePages(JSON.stringify(search));
  const exams = useQuery(examsQuery(search, pages.cursor));
  const columns = useRegisterColumns();
  const isFiltered = Object.values(search).some((value) => value !== undefined);
  const narrow = (next: ExamSearch): void => void navigate({ to: '/exams', search: next });
  return (
    <div className="list-page">
      <PageHead
        title={t('register.title')}
        actions={may('exams.export') ? <ExportButton path="/exams/export" query={{ ...search }} /> : null}
      />
      {exams.isError ? <ProblemNotice problem={asProblem(exams.error)} onRetry={() => void exams.refetch()} /> : null}
      <div className="card list-card">
        <RegisterFilters search={search} onChange={narrow} />
        <DataTable
          key={pages.index}
          label={t('register.title')}
          rows={exams.data?.items ?? []}
          columns={columns}
          rowKey={(exam) => exam.examId}
          onOpen={(exam) => void navigate({ to: '/exams/$examId', params: { examId: exam.examId } })}
          isLoading={exams.isPending}
          empty={
            exams.isError ? null : isFiltered ? (
              <EmptyState
                title={t('register.noneFound')}
                text={t('register.noneFoundText')}
                action={<Button onClick={() => narrow({})}>{t('register.clear')}</Button>}
              />
            ) : (
              <EmptyState title={t('register.empty')} text={t('register.emptyText')} />
            )
          }
        />
        <Pager
          pages={pages}
          pageSize={EXAM_PAGE_SIZE}
          rows={exams.data?.items.length ?? 0}
          total={exams.data?.total}
          nextCursor={exams.data?.nextCursor}
        >
          <span className="key-hints">
            <KeyCap>J</KeyCap> <KeyCap>K</KeyCap> {t('shell:table.move')} <KeyCap>Enter</KeyCap> {t('shell:table.open')}{' '}
            <KeyCap>/</KeyCap> {t('register.search')}
          </span>
        </Pager>
      </div>
    </div>
  );
}
