import type { HiddenReject, RejectRates } from '@jiapian/contract';
import { positionOf, rejectReasons } from '@jiapian/rules';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { useHospitalTime } from '../app/hospital-time.ts';
import { PermissionGate } from '../app/permission-gate.tsx';
import { Card } from '../ui/card.tsx';
import { DataTable, type Column } from '../ui/data-table.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { StateTag } from '../ui/state-tag.tsx';
import './release-page.css';
import { hiddenRejectsQuery, rejectRatesQuery, type RateGroup } from './release-queries.ts';

const route = getRouteApi('/signed-in/shell/release/rejects');
const groups: readonly RateGroup[] = ['reason', 'technologist', 'device', 'position', 'hour'];
/** A month is what most departments compare. [PD] */
const DAYS_SHOWN = 30;
type Rate = RejectRates['groups'][number];

/** Rejects and repeats with their denominators, and exposures that left no image. */
export function RatesPage() {
  return (
    <PermissionGate permission="release.read">
      <Rates />
    </PermissionGate>
  );
}

function Rates() {
  const { t } = useTranslation('release');
  const time = useHospitalTime();
  const navigate = useNavigate();
  const search = route.useSearch();
  const span = { from: search.from ?? time.dayBefore(DAYS_SHOWN - 1), to: search.to ?? time.dayBefore(0) };
  const by = groups.find((group) => group === search.by) ?? 'reason';
  const rates = useQuery(rejectRatesQuery(span, by));
  const hidden = useQuery(hiddenRejectsQuery(span));
  const go = (change: Partial<typeof search>): void =>
    void navigate({ to: '/release/rejects', search: { ...search, ...change }, replace: true });
  const problem = rates.error ?? hidden.error;
  return (
    <>
      <PageHead
        title={t('rates.title')}
        actions={
          <span className="badge-row">
            {(['from', 'to'] as const).map((name) => (
              <label key={name} className="badge-row">
                {t(`rates.${name}`)}
                <input
                  type="date"
                  value={span[name]}
                  onChange={(event) => go({ [name]: event.target.value || undefined })}
                />
              </label>
            ))}
            <a href={exportAddress(span, by)}>{t('rates.export')}</a>
          </span>
        }
      >
        <Link to="/release">{t('sheet.back')}</Link>
      </PageHead>
      {problem ? <ProblemNotice problem={asProblem(problem)} onRetry={() => void rates.refetch()} /> : null}
      <div className="monitor">
        <Card
          title={t('rates.title')}
          remark={t('rates.remark')}
          isFlush
          actions={
            <Segmented
              size="small"
              value={by}
              onChange={(value) => go({ by: value })}
              options={groups.map((value) => ({ value, label: t(`rates.${value}`) }))}
            />
          }
        >
          <RateTable rates={rates.data} by={by} isLoading={rates.isPending} />
        </Card>
        <Card title={t('rates.hidden')} remark={t('rates.hiddenRemark')} isFlush>
          <HiddenTable rows={hidden.data ?? []} isLoading={hidden.isPending} />
        </Card>
      </div>
    </>
  );
}

const exportAddress = (span: { from: string; to: string }, by: RateGroup): string =>
  `/api/v1/release/reject-rates/export?${new URLSearchParams({ ...span, by, format: 'xlsx' }).toString()}`;

const percent = (value: number): string => `${(value * 100).toFixed(1)} %`;

function RateTable({ rates, by, isLoading }: { rates: RejectRates | undefined; by: RateGroup; isLoading: boolean }) {
  const { t, i18n } = useTranslation('release');
  const language = i18n.language === 'en' ? 'en' : 'zh';
  const nameOf = (key: string | null): string => {
    if (key === '') return t('rates.total');
    if (key === null) return t('rates.unknown');
    if (by === 'reason') return rejectReasons.find((reason) => reason.code === key)?.name[language] ?? key;
    if (by === 'hour') return `${key.padStart(2, '0')}:00`;
    return by === 'position' ? (positionOf(key)?.name[language] ?? key) : key;
  };
  const rate = (interval: Rate['rejectRate']) =>
    interval === null ? '' : `${percent(interval.proportion)} (${percent(interval.lower)}–${percent(interval.upper)})`;
  const counted = (all: number, reported: number) =>
    reported === 0 ? (
      all
    ) : (
      <>
        <StateTag tone="plain">{t('rates.reported', { count: reported })}</StateTag> {all}
      </>
    );
  const columns: Column<Rate>[] = [
    { key: 'group', title: t(`rates.${by}`), render: (row) => nameOf(row.key) },
    { key: 'exposures', title: t('rates.exposures'), align: 'right', render: (row) => row.exposures },
    {
      key: 'rejected',
      title: t('rates.rejected'),
      align: 'right',
      render: (row) => counted(row.rejected, row.reportedRejects),
    },
    {
      key: 'rejectRate',
      title: `${t('rates.rejectRate')} (${t('rates.interval')})`,
      align: 'right',
      render: (row) => rate(row.rejectRate),
    },
    {
      key: 'repeats',
      title: t('rates.repeats'),
      align: 'right',
      render: (row) => (by === 'reason' && row.key !== '' ? '' : counted(row.repeats, row.reportedRepeats)),
    },
    {
      key: 'repeatRate',
      title: t('rates.repeatRate'),
      align: 'right',
      render: (row) => (by === 'reason' && row.key !== '' ? '' : rate(row.repeatRate)),
    },
    {
      key: 'few',
      title: '',
      render: (row) =>
        row.isTooFew ? <StateTag tone="plain">{t('rates.tooFew', { count: rates?.minimum ?? 0 })}</StateTag> : null,
    },
  ];
  const rows = rates && rates.total.exposures > 0 ? [...rates.groups, rates.total] : [];
  return (
    <DataTable
      label={t('rates.title')}
      rows={rows}
      columns={columns}
      rowKey={(row) => row.key ?? 'unknown'}
      isLoading={isLoading}
      empty={<div className="panel-empty">{t('rates.empty')}</div>}
    />
  );
}

function HiddenTable({ rows, isLoading }: { rows: readonly HiddenReject[]; isLoading: boolean }) {
  const { t } = useTranslation('release');
  const columns: Column<HiddenReject>[] = [
    { key: 'day', title: t('rates.day'), render: (row) => `${row.day} ${t(`rates.shift.${row.shift}`)}` },
    { key: 'device', title: t('rates.device'), render: (row) => row.deviceName ?? t('rates.unknown') },
    {
      key: 'exam',
      title: t('column.accession'),
      render: (row) =>
        row.examId === null ? (
          row.accessionNumber
        ) : (
          <Link to="/exams/$examId" params={{ examId: row.examId }}>
            {row.accessionNumber || t('noAccession')}
          </Link>
        ),
    },
    { key: 'source', title: '', render: (row) => t(`rates.source.${row.source}`) },
    {
      key: 'missing',
      title: '',
      align: 'right',
      render: (row) => t('rates.missing', { exposures: row.exposures, images: row.images }),
    },
  ];
  return (
    <DataTable
      label={t('rates.hidden')}
      rows={rows}
      columns={columns}
      rowKey={(row) => `${row.source} ${row.examId ?? row.accessionNumber} ${row.day}`}
      isKeyed={false}
      isLoading={isLoading}
      empty={<div className="panel-empty">{t('rates.hiddenEmpty')}</div>}
    />
  );
}
