import type { StandardDraft, StandardVersion } from '@jiapian/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addressOf } from '../api/address.ts';
import { asProblem } from '../api/api-problem.ts';
import { useMay } from '../api/session.ts';
import { useHospitalTime } from '../app/hospital-time.ts';
import { Card } from '../ui/card.tsx';
import { DataTable, type Column } from '../ui/data-table.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { StateTag } from '../ui/state-tag.tsx';
import { ChangeList } from './change-list.tsx';
import { TemplateMenu } from './template-menu.tsx';
import { useBeginning } from './use-beginning.ts';
import { comparisonQuery, draftsQuery, versionsQuery } from './standards-queries.ts';

/** Every version that was ever in force, and the drafts on their way. */
export function VersionList() {
  const may = useMay();
  return (
    <div style={{ display: 'grid', gap: 12 }}>
      {may('standards.manage') ? <Drafts /> : null}
      <Versions />
    </div>
  );
}

function Drafts() {
  const { t, i18n } = useTranslation('standards');
  const time = useHospitalTime();
  const drafts = useQuery(draftsQuery);
  const language = i18n.language === 'en' ? 'en' : 'zh';
  const columns: Column<StandardDraft>[] = [
    {
      key: 'name',
      title: t('version.name'),
      render: (draft) => (
        <Link to="/standards/drafts/$draftId" params={{ draftId: draft.draftId }}>
          {draft.content.name[language] || t('shell:none')}
        </Link>
      ),
    },
    { key: 'base', title: t('draft.base'), render: (draft) => `v${draft.basedOnVersion}` },
    { key: 'changes', title: t('draft.changes'), align: 'right', render: (draft) => draft.changes.length },
    {
      key: 'faults',
      title: t('draft.faults'),
      render: (draft) =>
        draft.faults.length === 0 ? (
          <StateTag tone="good">{t('draft.sound')}</StateTag>
        ) : (
          <StateTag tone="attention">{t('draft.faultCount', { count: draft.faults.length })}</StateTag>
        ),
    },
    { key: 'at', title: t('draft.changedAt'), render: (draft) => time.full(draft.changedAt) },
    { key: 'by', title: t('draft.changedBy'), render: (draft) => draft.changedByName ?? '' },
  ];
  return (
    <Card title={t('draft.list')} remark={t('draft.listRemark')} actions={<TemplateMenu />} isFlush>
      {drafts.isError ? (
        <ProblemNotice problem={asProblem(drafts.error)} onRetry={() => void drafts.refetch()} />
      ) : null}
      <DataTable
        file="drafts"
        label={t('draft.list')}
        rows={drafts.data?.items ?? []}
        columns={columns}
        rowKey={(draft) => draft.draftId}
        isLoading={drafts.isPending}
        isKeyed={false}
        empty={drafts.isError ? null : <EmptyState title={t('draft.none')} text={t('draft.noneText')} />}
      />
    </Card>
  );
}

function Versions() {
  const { t, i18n } = useTranslation(['standards', 'errors']);
  const time = useHospitalTime();
  const may = useMay();
  const versions = useQuery(versionsQuery);
  const [compared, setCompared] = useState<number | null>(null);
  const language = i18n.language === 'en' ? 'en' : 'zh';
  const beginning = useBeginning();
  const current = versions.data?.find((version) => version.isCurrent)?.version;
  const columns: Column<StandardVersion>[] = [
    {
      key: 'version',
      title: t('version.number'),
      width: 150,
      render: (version) => (
        <>
          <strong>v{version.version}</strong>{' '}
          {version.isCurrent ? <StateTag tone="good">{t('version.current')}</StateTag> : null}
        </>
      ),
    },
    { key: 'name', title: t('version.name'), render: (version) => version.name[language] },
    { key: 'from', title: t('version.effectiveFrom'), render: (version) => time.full(version.effectiveFrom) },
    {
      key: 'by',
      title: t('version.publishedBy'),
      render: (version) => version.publishedByName ?? t('version.product'),
    },
    { key: 'note', title: t('version.note'), render: (version) => <span title={version.note}>{version.note}</span> },
    {
      key: 'act',
      title: '',
      align: 'right',
      width: 330,
      render: (version) => (
        <span style={{ display: 'inline-flex', gap: 8 }}>
          {version.isCurrent || current === undefined ? null : (
            <Button size="small" onClick={() => setCompared(version.version === compared ? null : version.version)}>
              {t('version.compare', { version: current })}
            </Button>
          )}
          <Button
            size="small"
            href={addressOf(`/standards/${version.version}/booklet`, { locale: i18n.language })}
            download={`standard-v${version.version}.pdf`}
          >
            {t('version.booklet')}
          </Button>
          {may('standards.manage') ? (
            <Button
              size="small"
              loading={beginning.isPending}
              onClick={() => beginning.mutate({ basedOnVersion: version.version })}
            >
              {t('version.begin')}
            </Button>
          ) : null}
        </span>
      ),
    },
  ];
  return (
    <>
      <Card title={t('version.list')} remark={t('version.remark')} isFlush>
        {versions.isError ? (
          <ProblemNotice problem={asProblem(versions.error)} onRetry={() => void versions.refetch()} />
        ) : null}
        <DataTable
          file="standards"
          label={t('version.list')}
          rows={versions.data ?? []}
          columns={columns}
          rowKey={(version) => String(version.version)}
          isLoading={versions.isPending}
        />
      </Card>
      {compared !== null && current !== undefined ? <Comparison one={compared} other={current} /> : null}
    </>
  );
}

function Comparison({ one, other }: { one: number; other: number }) {
  const { t } = useTranslation('standards');
  const comparison = useQuery(comparisonQuery(Math.min(one, other), Math.max(one, other)));
  return (
    <Card title={t('version.comparison', { one: Math.min(one, other), other: Math.max(one, other) })}>
      {comparison.isError ? (
        <ProblemNotice problem={asProblem(comparison.error)} onRetry={() => void comparison.refetch()} />
      ) : null}
      {comparison.data ? <ChangeList changes={comparison.data.changes} /> : null}
    </Card>
  );
}
