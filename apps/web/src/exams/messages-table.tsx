import { hl7MessageRowSchema, type Hl7MessageRow } from '@jiapian/contract';
import { useQuery } from '@tanstack/react-query';
import { Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { wholeList } from '../api/whole-list.ts';
import { useHospitalTime } from '../app/hospital-time.ts';
import { byteSize } from '../ui/byte-size.ts';
import { DataTable, type Column } from '../ui/data-table.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Pager, usePages } from '../ui/pager.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { StateTag, type Tone } from '../ui/state-tag.tsx';
import '../ui/filter-chip.css';
import { MessageDrawer } from './message-drawer.tsx';
import { messagesQuery, ORDER_PAGE_SIZE } from './order-queries.ts';

const toneOf: Readonly<Record<Hl7MessageRow['state'], Tone>> = {
  processed: 'good',
  duplicate: 'plain',
  ignored: 'plain',
  refused: 'bad',
};

/** Messages of the HL7 port; the broken ones wait until a person has looked. */
export function MessagesTable(props: { state: 'broken' | 'all'; onState: (state: 'broken' | 'all') => void }) {
  const { state, onState } = props;
  const { t, i18n } = useTranslation(['orders', 'errors']);
  const time = useHospitalTime();
  const pages = usePages(state);
  const messages = useQuery(messagesQuery(state, pages.cursor));
  const [looked, setLooked] = useState<Hl7MessageRow | null>(null);
  const columns: Column<Hl7MessageRow>[] = [
    { key: 'at', title: t('message.receivedAt'), width: 130, render: (row) => time.brief(row.receivedAt) },
    { key: 'type', title: t('message.type'), width: 100, render: (row) => row.messageType || '–' },
    {
      key: 'from',
      title: t('message.from'),
      render: (row) =>
        [row.sendingApplication, row.sendingFacility, row.remoteAddress].filter((part) => part !== '').join(' · '),
    },
    { key: 'control', title: t('message.controlId'), render: (row) => row.controlId },
    {
      key: 'size',
      title: t('message.size'),
      align: 'right',
      isWide: true,
      render: (row) => byteSize(row.sizeBytes, i18n.language),
    },
    {
      key: 'state',
      title: t('message.state'),
      render: (row) => (
        <>
          <StateTag tone={row.isSeen ? 'plain' : toneOf[row.state]}>{t(`messageState.${row.state}`)}</StateTag>{' '}
          <span className="hint">
            {row.reasonCode === '' ? '' : t(`errors:${row.reasonCode}`, { defaultValue: row.reasonCode })}
          </span>
        </>
      ),
    },
  ];
  return (
    <div className="card list-card">
      {messages.isError ? (
        <ProblemNotice problem={asProblem(messages.error)} onRetry={() => void messages.refetch()} />
      ) : null}
      <div className="filter-bar">
        <Segmented
          value={state}
          options={(['broken', 'all'] as const).map((value) => ({ value, label: t(`messages.${value}`) }))}
          onChange={onState}
        />
        <span className="secondary">{t('messages.kept')}</span>
      </div>
      <DataTable
        file="hl7-messages"
        all={() => wholeList(hl7MessageRowSchema, '/hl7-messages', undefined, { state })}
        key={`${state} ${pages.index}`}
        label={t('view.messages')}
        rows={messages.data?.items ?? []}
        columns={columns}
        rowKey={(row) => row.messageId}
        onOpen={setLooked}
        isLoading={messages.isPending}
        empty={
          messages.isError ? null : <EmptyState title={t(`messages.empty.${state}`)} text={t('messages.emptyText')} />
        }
      />
      <Pager
        pages={pages}
        pageSize={ORDER_PAGE_SIZE}
        rows={messages.data?.items.length ?? 0}
        total={messages.data?.total}
        nextCursor={messages.data?.nextCursor}
      />
      {looked ? <MessageDrawer message={looked} onClose={() => setLooked(null)} /> : null}
    </div>
  );
}
