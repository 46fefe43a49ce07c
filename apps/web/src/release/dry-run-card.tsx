import type { DryRun } from '@jiapian/contract';
import { useTranslation } from 'react-i18next';
import { Card } from '../ui/card.tsx';
import { DataTable, type Column } from '../ui/data-table.tsx';
import { StateTag } from '../ui/state-tag.tsx';

type Row = DryRun['byDevice'][number];

/** What the policy would have made of yesterday, device by device. */
export function DryRunCard({ run }: { run: DryRun }) {
  const { t } = useTranslation('release');
  const columns: Column<Row>[] = [
    { key: 'device', title: t('dryRun.device'), render: (row) => row.deviceName ?? t('rates.unknown') },
    { key: 'held', title: t('dryRun.held'), align: 'right', render: (row) => row.held },
    { key: 'passed', title: t('dryRun.passed'), align: 'right', render: (row) => row.passed },
    { key: 'median', title: t('dryRun.median'), align: 'right', render: (row) => row.medianMinutes ?? '' },
    { key: 'longest', title: t('dryRun.longest'), align: 'right', render: (row) => row.longestMinutes ?? '' },
  ];
  return (
    <Card
      title={t('dryRun.title', { day: run.day })}
      remark={t('dryRun.summary', { exams: run.exams, held: run.held.exams, unread: run.held.unread })}
      actions={
        <span className="badge-row">
          {run.passed.map(({ because, exams }) => (
            <StateTag key={because} tone="plain">
              {t(`dryRun.because.${because}`, { defaultValue: because })} {exams}
            </StateTag>
          ))}
          <span className="hint">{t('policy.dryRunNothing')}</span>
        </span>
      }
      isFlush
    >
      <DataTable
        file="dry-run"
        label={t('dryRun.title', { day: run.day })}
        rows={run.byDevice}
        columns={columns}
        rowKey={(row) => row.deviceName ?? ''}
        isKeyed={false}
        empty={<div className="panel-empty">{t('dryRun.none', { day: run.day })}</div>}
      />
    </Card>
  );
}
