import { rejectReasons } from '@jiapian/rules';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { App, Button, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { useMay } from '../api/session.ts';
import { useHospitalTime } from '../app/hospital-time.ts';
import { Card } from '../ui/card.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { ReasonDialog } from '../ui/reason-dialog.tsx';
import { StateTag, type Tone } from '../ui/state-tag.tsx';
import { actOnRejection, rejectionsQuery, type RejectionFilter, type RejectionItem } from './release-queries.ts';

const filters: readonly RejectionFilter[] = ['open', 'for-a-person', 'all'];
const tones: Readonly<Record<string, Tone>> = {
  failed: 'bad',
  refused: 'bad',
  visible: 'bad',
  task: 'attention',
  sending: 'active',
  sent: 'active',
  hidden: 'good',
  done: 'good',
};
const canRetry = ['failed', 'refused', 'visible'];
const canBeDone = ['failed', 'refused', 'sent', 'visible', 'task'];

/** What the archives were told of rejected films, and where a person has to see to it. */
export function RejectionCard() {
  const { t, i18n } = useTranslation(['release', 'errors']);
  const time = useHospitalTime();
  const may = useMay();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [filter, setFilter] = useState<RejectionFilter>('open');
  const [closing, setClosing] = useState<RejectionItem | null>(null);
  const rejections = useQuery(rejectionsQuery(filter));
  const refresh = (): void => void client.invalidateQueries({ queryKey: ['release'] });
  const retrying = useMutation({
    mutationFn: (row: RejectionItem) => actOnRejection(row.rejectionId, { event: 'retried', note: '' }),
    onSuccess: refresh,
    onError: (error) => void message.error(t(`errors:${asProblem(error).code}`)),
  });
  const language = i18n.language === 'en' ? 'en' : 'zh';
  return (
    <Card
      title={t('rejection.title')}
      remark={t('rejection.remark')}
      isFlush
      actions={
        <Segmented
          size="small"
          value={filter}
          onChange={(value) => setFilter(value)}
          options={filters.map((value) => ({ value, label: t(`rejection.filter.${value}`) }))}
        />
      }
    >
      {rejections.isError ? (
        <ProblemNotice problem={asProblem(rejections.error)} onRetry={() => void rejections.refetch()} />
      ) : null}
      {rejections.data?.items.length === 0 ? <div className="panel-empty">{t('rejection.empty')}</div> : null}
      <ul className="row-list">
        {rejections.data?.items.map((row) => (
          <li key={row.rejectionId} className="row-line">
            <Link to="/release/rejections/$rejectionId" params={{ rejectionId: row.rejectionId }}>
              {row.accessionNumber || t('noAccession')}
            </Link>
            <span>{row.destinationName}</span>
            <span className="secondary">
              {rejectReasons.find((reason) => reason.code === row.reasonCode)?.name[language] ??
                t(`rejection.titleOf.${row.title}`)}
            </span>
            <StateTag tone={tones[row.state] ?? 'plain'}>
              {t(`rejection.state.${row.state}`, { count: row.stillVisible ?? row.objects })}
            </StateTag>
            <span className="hint">{time.brief(row.madeAt)}</span>
            {may('release.operate') ? (
              <span className="badge-row">
                {canRetry.includes(row.state) ? (
                  <Button type="link" size="small" onClick={() => retrying.mutate(row)}>
                    {t('rejection.retry')}
                  </Button>
                ) : null}
                {canBeDone.includes(row.state) ? (
                  <Button type="link" size="small" onClick={() => setClosing(row)}>
                    {t('rejection.done')}
                  </Button>
                ) : null}
              </span>
            ) : null}
          </li>
        ))}
      </ul>
      {closing ? (
        <ReasonDialog
          title={t('rejection.doneTitle', { name: closing.destinationName })}
          text={t('rejection.doneText', { count: closing.objects })}
          label={t('rejection.doneNote')}
          submitText={t('rejection.done')}
          act={(note) => actOnRejection(closing.rejectionId, { event: 'done-by-hand', note })}
          onDone={() => {
            refresh();
            setClosing(null);
          }}
          onClose={() => setClosing(null)}
        />
      ) : null}
    </Card>
  );
}
