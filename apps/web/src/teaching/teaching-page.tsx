import type { TeachingCaseRow } from '@jiapian/contract';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { useMay } from '../api/session.ts';
import { useHospitalTime } from '../app/hospital-time.ts';
import { DataTable, type Column } from '../ui/data-table.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { GradeBadge } from '../ui/grade-badge.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { Pager, usePages } from '../ui/pager.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { CaseStateTag } from './case-state-tag.tsx';
import { CollectionsCard } from './collections-card.tsx';
import { RunsCard } from './runs-card.tsx';
import { CASE_PAGE_SIZE, casesQuery, collectionsQuery, type CaseSearch } from './teaching-queries.ts';
import './teaching-page.css';
import { useTeachingWords } from './use-teaching-words.ts';

const route = getRouteApi('/signed-in/shell/teaching');

/** The teaching file: films without their patients, the collections, and what one's quizzes came to. */
export function TeachingPage() {
  const { t } = useTranslation('teaching');
  const search = route.useSearch();
  const navigate = useNavigate();
  const may = useMay();
  const time = useHospitalTime();
  const words = useTeachingWords();
  const pages = usePages(JSON.stringify(search));
  const cases = useQuery(casesQuery(search, pages.cursor));
  const columns: readonly Column<TeachingCaseRow>[] = [
    { key: 'name', title: t('column.case'), render: (row) => <strong>{words.caseName(row)}</strong> },
    {
      key: 'code',
      title: t('column.code'),
      render: (row) => <span className="secondary">{row.code}</span>,
      isWide: true,
    },
    {
      key: 'position',
      title: t('column.position'),
      render: (row) => words.positionName(row.positionCode),
      isWide: true,
    },
    { key: 'modality', title: t('column.modality'), render: (row) => row.modality },
    { key: 'grade', title: t('column.grade'), render: (row) => <GradeOrHidden row={row} /> },
    { key: 'defects', title: t('column.defects'), render: (row) => words.defectNames(row.defects) },
    { key: 'images', title: t('column.images'), align: 'right', render: (row) => row.imageCount },
    { key: 'state', title: t('column.state'), render: (row) => <CaseStateTag row={row} /> },
    { key: 'at', title: t('column.at'), render: (row) => time.full(row.requestedAt), isWide: true },
  ];
  return (
    <>
      <PageHead title={t('title')}>
        <span className="secondary">{t('remark')}</span>
      </PageHead>
      {cases.isError ? <ProblemNotice problem={asProblem(cases.error)} onRetry={() => void cases.refetch()} /> : null}
      <div className="teaching-columns">
        <section className="card">
          <Filters search={search} isManager={may('teaching.manage')} />
          <DataTable
            label={t('cases')}
            rows={cases.data?.items ?? []}
            columns={columns}
            rowKey={(row) => row.caseId}
            onOpen={({ caseId }) => void navigate({ to: '/teaching/cases/$caseId', params: { caseId } })}
            isLoading={cases.isPending}
            empty={<EmptyState title={t('empty.title')} text={t('empty.text')} />}
          />
          <Pager
            pages={pages}
            pageSize={CASE_PAGE_SIZE}
            rows={cases.data?.items.length ?? 0}
            total={cases.data?.total}
            nextCursor={cases.data?.nextCursor}
          />
        </section>
        <div className="teaching-side">
          <CollectionsCard />
          <RunsCard />
        </div>
      </div>
    </>
  );
}

function GradeOrHidden({ row }: { row: TeachingCaseRow }) {
  const { t } = useTranslation('teaching');
  return row.grade === null ? <span className="secondary">{t('inQuiz')}</span> : <GradeBadge grade={row.grade} />;
}

const states = ['requested', 'prepared', 'failed', 'confirmed', 'refused'] as const;
const grades = ['A', 'B', 'C', 'reject'] as const;

function Filters({ search, isManager }: { search: CaseSearch; isManager: boolean }) {
  const { t } = useTranslation(['teaching', 'shell']);
  const navigate = useNavigate();
  const collections = useQuery(collectionsQuery);
  const change = (part: CaseSearch): void => void navigate({ to: '/teaching', search: { ...search, ...part } });
  return (
    <div className="teaching-filters">
      <Input.Search
        allowClear
        aria-label={t('filter.text')}
        placeholder={t('filter.text')}
        defaultValue={search.text ?? ''}
        onSearch={(text) => change({ text: text || undefined })}
        style={{ width: 220 }}
      />
      {isManager ? (
        <Select
          allowClear
          aria-label={t('filter.state')}
          placeholder={t('filter.state')}
          value={search.state ?? null}
          onChange={(state: string | null) => change({ state: state ?? undefined })}
          options={states.map((value) => ({ value, label: t(`state.${value}`) }))}
          style={{ minWidth: 130 }}
        />
      ) : null}
      <Select
        allowClear
        aria-label={t('filter.grade')}
        placeholder={t('filter.grade')}
        value={search.grade ?? null}
        onChange={(grade: string | null) => change({ grade: grade ?? undefined })}
        options={grades.map((value) => ({ value, label: t(`shell:grade.${value}`) }))}
        style={{ minWidth: 110 }}
      />
      <Select
        allowClear
        aria-label={t('filter.collection')}
        placeholder={t('filter.collection')}
        value={search.collection ?? null}
        onChange={(collection: string | null) => change({ collection: collection ?? undefined })}
        options={(collections.data?.items ?? []).map(({ collectionId, name }) => ({
          value: collectionId,
          label: name,
        }))}
        style={{ minWidth: 150 }}
      />
    </div>
  );
}
