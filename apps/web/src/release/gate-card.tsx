import { gateRowSchema, type ReleaseOverview } from '@jiapian/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { useMay } from '../api/session.ts';
import { wholeList } from '../api/whole-list.ts';
import { ReleaseDialog } from '../exams/exam-actions.tsx';
import { Card } from '../ui/card.tsx';
import { DataTable, type Column } from '../ui/data-table.tsx';
import { GradeBadge } from '../ui/grade-badge.tsx';
import { HoldClock } from '../ui/hold-clock.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { StateTag } from '../ui/state-tag.tsx';
import { ExamWords } from './exam-words.tsx';
import { gateQuery, type GateRow } from './release-queries.ts';

/** Exams that wait for their grades, the next to leave first. */
export function GateCard({ held, released }: { held: number; released: ReleaseOverview['released'] }) {
  const { t } = useTranslation('release');
  const may = useMay();
  const client = useQueryClient();
  const gate = useQuery(gateQuery);
  const [leaving, setLeaving] = useState<GateRow | null>(null);
  const columns: Column<GateRow>[] = [
    {
      key: 'accession',
      title: t('column.accession'),
      render: (row) => (
        <Link to="/exams/$examId" params={{ examId: row.examId }}>
          {row.accessionNumber || t('noAccession')}
        </Link>
      ),
    },
    { key: 'exam', title: t('column.exam'), render: (row) => <ExamWords row={row} /> },
    { key: 'device', title: t('column.device'), isWide: true, render: (row) => row.deviceName ?? '' },
    {
      key: 'grade',
      title: t('column.grade'),
      render: (row) => (
        <span className="badge-row">
          <GradeBadge grade={row.worstGrade} />
          {row.filmCount > 1 ? (
            <span className="hint">
              {row.gradedCount}/{row.filmCount}
            </span>
          ) : null}
        </span>
      ),
    },
    {
      key: 'until',
      title: t('column.until'),
      align: 'right',
      render: (row) =>
        row.state === 'returned' ? (
          <StateTag tone="bad">{t('gate.returned')}</StateTag>
        ) : row.holdUntil ? (
          <span className="badge-row">
            {row.escalatedAt ? (
              <StateTag tone="attention">
                {t('gate.escalated', { name: row.escalatedToName ?? t('gate.everyone') })}
              </StateTag>
            ) : null}
            <HoldClock until={row.holdUntil} />
          </span>
        ) : null,
    },
    {
      key: 'act',
      title: '',
      align: 'right',
      render: (row) => (
        <span className="badge-row">
          {row.filmId && row.gradedCount < row.filmCount && may('review.read') ? (
            <Link to="/review/$filmId" params={{ filmId: row.filmId }}>
              {t('gate.read')}
            </Link>
          ) : null}
          {may('release.decide') && row.state === 'held' ? (
            <Button type="link" size="small" onClick={() => setLeaving(row)}>
              {t('gate.release')}
            </Button>
          ) : null}
        </span>
      ),
    },
  ];
  return (
    <Card
      title={t('gate.title', { count: held })}
      remark={t('gate.remark', {
        total: released.total,
        graded: released.graded,
        missed: released.missed,
        emergency: released.emergency,
        byPerson: released.byPerson,
        byRule: released.byRule,
        gateOpen: released.gateOpen,
      })}
      isFlush
    >
      {gate.isError ? <ProblemNotice problem={asProblem(gate.error)} onRetry={() => void gate.refetch()} /> : null}
      <DataTable
        file="gate"
        all={() => wholeList(gateRowSchema, '/release/gate')}
        label={t('gate.title', { count: held })}
        rows={gate.data?.items ?? []}
        columns={columns}
        rowKey={(row) => row.examId}
        isLoading={gate.isPending}
        empty={<div className="panel-empty">{t('gate.empty')}</div>}
      />
      {leaving ? (
        <ReleaseDialog
          exam={leaving}
          onDone={() => {
            for (const key of ['release', 'exams', 'films']) void client.invalidateQueries({ queryKey: [key] });
          }}
          onClose={() => setLeaving(null)}
        />
      ) : null}
    </Card>
  );
}
