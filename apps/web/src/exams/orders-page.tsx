import { orderRowSchema } from '@jiapian/contract';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Input, Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { useMay } from '../api/session.ts';
import { wholeList } from '../api/whole-list.ts';
import { useHospitalTime } from '../app/hospital-time.ts';
import { PermissionGate } from '../app/permission-gate.tsx';
import { DataTable } from '../ui/data-table.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { Pager, usePages } from '../ui/pager.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import '../ui/filter-chip.css';
import { MessagesTable } from './messages-table.tsx';
import { useOrderColumns } from './order-columns.tsx';
import { ORDER_PAGE_SIZE, ordersQuery } from './order-queries.ts';
import { orderStatesOf, type OrderSearch } from './order-search.ts';

const route = getRouteApi('/signed-in/shell/orders');

/** What is expected, and the messages that told us. */
export function OrdersPage() {
  return (
    <PermissionGate permission="exams.read">
      <Orders />
    </PermissionGate>
  );
}

function Orders() {
  const { t } = useTranslation('orders');
  const search = route.useSearch();
  const navigate = useNavigate();
  const may = useMay();
  const show = (next: OrderSearch): void => void navigate({ to: '/orders', search: { ...search, ...next } });
  const view = search.view ?? 'orders';
  return (
    <div className="list-page">
      <PageHead title={t('title')}>
        {may('intake.quarantine') ? (
          <Segmented
            value={view}
            options={(['orders', 'messages'] as const).map((value) => ({ value, label: t(`view.${value}`) }))}
            onChange={(value) => show({ view: value === 'orders' ? undefined : value })}
          />
        ) : null}
      </PageHead>
      {view === 'messages' ? (
        <MessagesTable state={search.messages ?? 'broken'} onState={(messages) => show({ messages })} />
      ) : (
        <OrderList search={search} onChange={show} />
      )}
    </div>
  );
}

function OrderList({ search, onChange }: { search: OrderSearch; onChange: (next: OrderSearch) => void }) {
  const { t } = useTranslation('orders');
  const time = useHospitalTime();
  const navigate = useNavigate();
  const days = search.days ?? 'today';
  const state = search.state ?? 'open';
  // A day before the day before today is tomorrow.
  const day = days === 'all' ? undefined : time.dayBefore(days === 'today' ? 0 : -1);
  const filter = { from: day, to: day, state: orderStatesOf[state], text: search.text };
  const pages = usePages(JSON.stringify(filter));
  const orders = useQuery(ordersQuery(filter, pages.cursor));
  const columns = useOrderColumns();
  return (
    <>
      {orders.isError ? (
        <ProblemNotice problem={asProblem(orders.error)} onRetry={() => void orders.refetch()} />
      ) : null}
      <div className="card list-card">
        <div className="filter-bar">
          <Segmented
            value={days}
            options={(['today', 'tomorrow', 'all'] as const).map((value) => ({ value, label: t(`days.${value}`) }))}
            onChange={(value) => onChange({ days: value })}
          />
          <Segmented
            value={state}
            options={(['open', 'arrived', 'ended', 'all'] as const).map((value) => ({
              value,
              label: t(`states.${value}`),
            }))}
            onChange={(value) => onChange({ state: value })}
          />
          <Input.Search
            allowClear
            defaultValue={search.text}
            placeholder={t('search')}
            aria-label={t('search')}
            style={{ width: 240 }}
            onSearch={(text) => onChange({ text: text === '' ? undefined : text })}
          />
        </div>
        <DataTable
          file="orders"
          all={() => wholeList(orderRowSchema, '/orders', undefined, { ...filter })}
          key={pages.index}
          label={t('title')}
          rows={orders.data?.items ?? []}
          columns={columns}
          rowKey={(order) => order.orderId}
          onOpen={(order) => {
            if (order.examId !== null) void navigate({ to: '/exams/$examId', params: { examId: order.examId } });
          }}
          isLoading={orders.isPending}
          empty={orders.isError ? null : <EmptyState title={t(`empty.${state}`)} text={t('emptyText')} />}
        />
        <Pager
          pages={pages}
          pageSize={ORDER_PAGE_SIZE}
          rows={orders.data?.items.length ?? 0}
          total={orders.data?.total}
          nextCursor={orders.data?.nextCursor}
        />
      </div>
    </>
  );
}
