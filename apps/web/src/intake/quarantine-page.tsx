import { quarantinedObjectSchema, type QuarantinedObject } from '@jiapian/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { App, Button, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { wholeList } from '../api/whole-list.ts';
import { PermissionGate } from '../app/permission-gate.tsx';
import { useHospitalTime } from '../app/hospital-time.ts';
import { Card } from '../ui/card.tsx';
import { DataTable, type Column } from '../ui/data-table.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { Pager, usePages } from '../ui/pager.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { ReasonDialog } from '../ui/reason-dialog.tsx';
import { byteSize } from '../ui/byte-size.ts';
import { ConflictCard } from './conflict-card.tsx';
import { ContentDrawer } from './content-drawer.tsx';
import { dismissQuarantined, QUARANTINE_PAGE_SIZE, quarantineQuery, retryQuarantined } from './intake-queries.ts';
import { useReasonWords } from './use-reason-words.ts';

const route = getRouteApi('/signed-in/shell/quarantine');
const states = ['waiting', 'registered', 'dismissed'] as const;

export function QuarantinePage() {
  const { t } = useTranslation('intake');
  return (
    <PermissionGate permission="intake.quarantine">
      <PageHead title={t('quarantine.title')}>
        <span className="secondary">{t('quarantine.text')}</span>
      </PageHead>
      <div style={{ display: 'grid', gap: 12 }}>
        <QuarantineCard />
        <ConflictCard />
      </div>
    </PermissionGate>
  );
}

function QuarantineCard() {
  const { t, i18n } = useTranslation(['intake', 'errors']);
  const time = useHospitalTime();
  const search = route.useSearch();
  const navigate = useNavigate();
  const client = useQueryClient();
  const { message } = App.useApp();
  const reasonOf = useReasonWords();
  const state = search.state ?? 'waiting';
  const pages = usePages(state);
  const objects = useQuery(quarantineQuery(search, pages.cursor));
  const [looked, setLooked] = useState<QuarantinedObject | null>(null);
  const [dismissed, setDismissed] = useState<QuarantinedObject | null>(null);
  const refresh = (): void => {
    for (const key of ['intake', 'release']) void client.invalidateQueries({ queryKey: [key] });
  };
  const retrying = useMutation({
    mutationFn: (object: QuarantinedObject) => retryQuarantined(object.objectId),
    onSuccess: ({ outcome, reason }) => {
      const words = t(`outcome.${outcome}`);
      if (outcome === 'quarantined') void message.warning(reason ? `${words}: ${reasonOf(reason)}` : words);
      else void message.success(words);
      refresh();
    },
    onError: (error) => void message.error(t(`errors:${asProblem(error).code}`)),
  });
  const columns: Column<QuarantinedObject>[] = [
    { key: 'at', title: t('column.received'), width: 130, render: (object) => time.brief(object.receivedAt) },
    {
      key: 'from',
      title: t('column.from'),
      render: (object) => object.fileName || object.callingAeTitle || object.remoteAddress,
    },
    { key: 'door', title: t('column.door'), render: (object) => t(`door.${object.door}`) },
    {
      key: 'reason',
      title: t('column.reason'),
      render: (object) => (
        <span title={object.reason}>
          <strong>{t(`reason.${object.reasonCode}`, { defaultValue: object.reasonCode })}</strong>{' '}
          <span className="hint">{reasonOf(object.reason)}</span>
        </span>
      ),
    },
    {
      key: 'size',
      title: t('column.size'),
      align: 'right',
      render: (object) => byteSize(object.sizeBytes, i18n.language),
    },
    {
      key: 'act',
      title: t('column.act'),
      align: 'right',
      render: (object) => (
        <>
          <Button type="link" size="small" onClick={() => setLooked(object)}>
            {t('quarantine.look')}
          </Button>
          {object.state === 'waiting' ? (
            <>
              <Button
                type="link"
                size="small"
                loading={retrying.isPending && retrying.variables?.objectId === object.objectId}
                onClick={() => retrying.mutate(object)}
              >
                {t('quarantine.retry')}
              </Button>
              <Button type="link" size="small" danger onClick={() => setDismissed(object)}>
                {t('quarantine.dismiss')}
              </Button>
            </>
          ) : (
            <span className="hint" title={object.decisionNote ?? undefined}>
              {[object.decidedByName, object.decidedAt ? time.brief(object.decidedAt) : null, object.decisionNote]
                .filter(Boolean)
                .join(' · ')}
            </span>
          )}
        </>
      ),
    },
  ];
  return (
    <Card
      title={t('quarantine.cardTitle')}
      remark={t('quarantine.kept')}
      isFlush
      actions={
        <Segmented
          size="small"
          value={state}
          options={states.map((value) => ({ value, label: t(`quarantine.state.${value}`) }))}
          onChange={(value) =>
            void navigate({ to: '/quarantine', search: value === 'waiting' ? {} : { state: value } })
          }
        />
      }
    >
      {objects.isError ? (
        <ProblemNotice problem={asProblem(objects.error)} onRetry={() => void objects.refetch()} />
      ) : null}
      <DataTable
        file="quarantine"
        all={() => wholeList(quarantinedObjectSchema, '/quarantine', undefined, { state: search.state ?? 'waiting' })}
        key={`${state} ${pages.index}`}
        label={t('quarantine.title')}
        rows={objects.data?.items ?? []}
        columns={columns}
        rowKey={(object) => object.objectId}
        onOpen={setLooked}
        isLoading={objects.isPending}
        empty={
          objects.isError ? null : (
            <EmptyState
              title={t(`quarantine.empty.${state}`)}
              text={state === 'waiting' ? t('quarantine.emptyText') : undefined}
            />
          )
        }
      />
      <Pager
        pages={pages}
        pageSize={QUARANTINE_PAGE_SIZE}
        rows={objects.data?.items.length ?? 0}
        total={objects.data?.total}
        nextCursor={objects.data?.nextCursor}
      />
      {looked ? <ContentDrawer object={looked} onClose={() => setLooked(null)} /> : null}
      {dismissed ? (
        <ReasonDialog
          title={t('quarantine.dismissTitle')}
          text={t('quarantine.dismissText')}
          label={t('quarantine.note')}
          submitText={t('quarantine.dismiss')}
          isDanger
          act={(note) => dismissQuarantined(dismissed.objectId, note)}
          onDone={() => {
            setDismissed(null);
            refresh();
          }}
          onClose={() => setDismissed(null)}
        />
      ) : null}
    </Card>
  );
}
