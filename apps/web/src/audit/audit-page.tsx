import { SafetyCertificateOutlined } from '@ant-design/icons';
import type { AuditEntry } from '@jiapian/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Alert, Button, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { PermissionGate } from '../app/permission-gate.tsx';
import { useHospitalTime } from '../app/hospital-time.ts';
import { Card } from '../ui/card.tsx';
import { DataTable, type Column } from '../ui/data-table.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ExportButton } from '../ui/export-button.tsx';
import { Pager, usePages } from '../ui/pager.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { StateTag } from '../ui/state-tag.tsx';
import { AUDIT_PAGE_SIZE, auditQuery, verifyAuditChain, type AuditFilter } from './audit-queries.ts';

const subjectKinds = [
  ...['exam', 'exams', 'film', 'account', 'api-token', 'device', 'room', 'staff', 'hospital', 'object'],
  ...['upload', 'destination', 'forward', 'repeat-order'],
];

export function AuditPage() {
  return (
    <PermissionGate permission="audit.read">
      <Trail />
    </PermissionGate>
  );
}

/** Who did what to what, newest first; the chain proves that nothing was taken out or changed. */
function Trail() {
  const { t } = useTranslation('audit');
  const time = useHospitalTime();
  const [filter, setFilter] = useState<AuditFilter>({});
  const pages = usePages(JSON.stringify(filter));
  const entries = useQuery(auditQuery(filter, pages.cursor));
  const verifying = useMutation({ mutationFn: verifyAuditChain });
  const columns: Column<AuditEntry>[] = [
    {
      key: 'at',
      title: t('column.at'),
      width: 170,
      render: (entry) => `${time.full(entry.at).slice(0, -5)}${time.second(entry.at)}`,
    },
    { key: 'actor', title: t('column.actor'), width: 140, render: (entry) => entry.actor },
    {
      key: 'action',
      title: t('column.action'),
      render: (entry) => (
        <span title={entry.action}>{t(`action.${entry.action}`, { defaultValue: entry.action })}</span>
      ),
    },
    { key: 'subject', title: t('column.subject'), render: (entry) => <Subject entry={entry} /> },
    {
      key: 'facts',
      title: t('column.facts'),
      render: (entry) => <span title={factsText(entry)}>{factsText(entry)}</span>,
    },
    {
      key: 'sealed',
      title: t('column.sealed'),
      width: 90,
      render: (entry) => (
        <StateTag tone={entry.isSealed ? 'good' : 'plain'}>{t(entry.isSealed ? 'sealed' : 'unsealed')}</StateTag>
      ),
    },
  ];
  return (
    <>
      {verifying.data ? (
        <Alert
          style={{ marginBottom: 12 }}
          showIcon
          type={verifying.data.isIntact ? 'success' : 'error'}
          title={
            verifying.data.isIntact
              ? t('intact', { count: verifying.data.sealedCount })
              : t('broken', { number: verifying.data.firstBrokenAuditId })
          }
          description={t('unsealedCount', { count: verifying.data.unsealedCount })}
        />
      ) : null}
      {verifying.isError ? (
        <ProblemNotice problem={asProblem(verifying.error)} onRetry={() => verifying.mutate()} />
      ) : null}
      <Card
        title={t('title')}
        remark={t('remark')}
        isFlush
        actions={
          <>
            <Select
              allowClear
              size="small"
              style={{ width: 150 }}
              placeholder={t('subjectFilter')}
              aria-label={t('subjectFilter')}
              value={filter.subjectKind ?? null}
              options={subjectKinds.map((value) => ({ value, label: t(`subject.${value}`) }))}
              onChange={(subjectKind) => setFilter({ subjectKind: subjectKind ?? undefined })}
            />
            <ExportButton path="/audit/export" query={{ ...filter }} />
            <Button
              icon={<SafetyCertificateOutlined />}
              loading={verifying.isPending}
              onClick={() => verifying.mutate()}
            >
              {t('verify')}
            </Button>
          </>
        }
      >
        {entries.isError ? (
          <ProblemNotice problem={asProblem(entries.error)} onRetry={() => void entries.refetch()} />
        ) : null}
        <DataTable
          key={pages.index}
          label={t('title')}
          rows={entries.data?.items ?? []}
          columns={columns}
          rowKey={(entry) => String(entry.auditId)}
          isLoading={entries.isPending}
          empty={entries.isError ? null : <EmptyState title={t('empty')} />}
        />
        <Pager
          pages={pages}
          pageSize={AUDIT_PAGE_SIZE}
          rows={entries.data?.items.length ?? 0}
          total={entries.data?.total}
          nextCursor={entries.data?.nextCursor}
        />
      </Card>
    </>
  );
}

function Subject({ entry }: { entry: AuditEntry }) {
  const { t } = useTranslation('audit');
  const kind = t(`subject.${entry.subjectKind}`, { defaultValue: entry.subjectKind });
  const short = entry.subjectId.slice(0, 8);
  if (entry.subjectKind === 'exam') {
    return (
      <Link to="/exams/$examId" params={{ examId: entry.subjectId }}>
        {kind} {short}
      </Link>
    );
  }
  return (
    <span title={entry.subjectId}>
      {kind} <span className="hint">{short}</span>
    </span>
  );
}

const factsText = (entry: AuditEntry): string =>
  Object.entries(entry.facts)
    .filter(([, value]) => value !== null && value !== undefined && value !== '')
    .map(([name, value]) => `${name}: ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`)
    .join(' · ');
