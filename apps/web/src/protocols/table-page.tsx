import { PlusOutlined } from '@ant-design/icons';
import type { ParameterTableView } from '@jiapian/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { Alert, App, Button, InputNumber, Popconfirm, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addressOf } from '../api/address.ts';
import { asProblem } from '../api/api-problem.ts';
import { useMay } from '../api/session.ts';
import { useHospitalTime } from '../app/hospital-time.ts';
import { PermissionGate } from '../app/permission-gate.tsx';
import { Card } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { StateTag } from '../ui/state-tag.tsx';
import { dropTable, saveTable, tableQuery } from './protocol-queries.ts';
import type { Row } from './protocol-words.ts';
import './protocols.css';
import { RowDrawer } from './row-drawer.tsx';
import { RowTable } from './row-table.tsx';
import { SignCard } from './sign-card.tsx';
import { toneOfState } from './version-table.tsx';

const route = getRouteApi('/signed-in/shell/protocols/tables/$tableId');

export function TablePage() {
  return (
    <PermissionGate permission="protocols.read">
      <Table />
    </PermissionGate>
  );
}

function Table() {
  const { tableId } = route.useParams();
  const found = useQuery(tableQuery(tableId));
  if (found.isError) return <ProblemNotice problem={asProblem(found.error)} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Skeleton active paragraph={{ rows: 12 }} />;
  return <TableSheet table={found.data} />;
}

/** A version with its rows: changed while it is a draft, signed by two, printed at any time. */
function TableSheet({ table }: { table: ParameterTableView }) {
  const { t } = useTranslation('protocols');
  const may = useMay();
  const client = useQueryClient();
  const [editing, setEditing] = useState<Row | 'new' | null>(null);
  const isDraft = ['draft', 'owner-signed', 'leader-signed'].includes(table.state) && may('protocols.manage');
  const { kind, rows } = table.content;
  const save = async (content: ParameterTableView['content']): Promise<void> => {
    const saved = await saveTable(table, { content, note: table.note });
    client.setQueryData(tableQuery(table.tableId).queryKey, saved);
    void client.invalidateQueries({ queryKey: ['protocols', 'device', table.deviceId] });
  };
  const saveRow = (row: Row): Promise<void> => {
    const isKnown = rows.some(({ rowId }) => rowId === row.rowId);
    return save({
      ...table.content,
      rows: isKnown ? rows.map((each) => (each.rowId === row.rowId ? row : each)) : [...rows, row],
    });
  };
  return (
    <>
      <TableHead table={table} />
      {table.faults.length > 0 ? <Faults table={table} /> : null}
      <div className="protocol-sheet">
        <SignCard table={table} />
        <Card
          title={t('table.rows')}
          remark={<Origin table={table} />}
          isFlush
          actions={
            isDraft ? (
              <>
                <SinceYear table={table} onSave={save} />
                <Button size="small" icon={<PlusOutlined />} onClick={() => setEditing('new')}>
                  {t('table.addRow')}
                </Button>
              </>
            ) : null
          }
        >
          {rows.length === 0 ? (
            <EmptyState title={t('table.empty')} text={t('table.emptyText')} />
          ) : (
            <RowTable kind={kind} rows={rows} onEdit={isDraft ? setEditing : undefined} />
          )}
        </Card>
      </div>
      {editing === null ? null : (
        <RowDrawer
          kind={kind}
          row={editing === 'new' ? null : editing}
          onSave={saveRow}
          onRemove={(row) => save({ ...table.content, rows: rows.filter(({ rowId }) => rowId !== row.rowId) })}
          onClose={() => setEditing(null)}
        />
      )}
    </>
  );
}

function TableHead({ table }: { table: ParameterTableView }) {
  const { t, i18n } = useTranslation(['protocols', 'errors']);
  const may = useMay();
  const navigate = useNavigate();
  const client = useQueryClient();
  const { message } = App.useApp();
  const dropping = useMutation({
    mutationFn: () => dropTable(table),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['protocols'] });
      void navigate({ to: '/protocols/devices/$deviceId', params: { deviceId: table.deviceId } });
    },
    onError: (error) => void message.error(t(`errors:${asProblem(error).code}`)),
  });
  const isDraft = ['draft', 'owner-signed', 'leader-signed'].includes(table.state);
  return (
    <PageHead
      title={t('table.title', { device: table.deviceName, version: table.version })}
      actions={
        <>
          {isDraft && may('protocols.manage') ? (
            <Popconfirm title={t('table.dropConfirm')} onConfirm={() => dropping.mutate()}>
              <Button loading={dropping.isPending}>{t('table.drop')}</Button>
            </Popconfirm>
          ) : null}
          <Button href={addressOf(`/protocols/tables/${table.tableId}/print`, { locale: i18n.language })} download>
            {t('table.print')}
          </Button>
        </>
      }
    >
      <StateTag tone={toneOfState(table.state)}>{t(`state.${table.state}`)}</StateTag>
      <Link to="/protocols/devices/$deviceId" params={{ deviceId: table.deviceId }}>
        {t('table.back')}
      </Link>
    </PageHead>
  );
}

function Origin({ table }: { table: ParameterTableView }) {
  const { t } = useTranslation('protocols');
  const time = useHospitalTime();
  const { draftedFrom, basedOnVersion, content } = table;
  const since = content.deviceSinceYear === null ? '' : t('table.since', { year: content.deviceSinceYear });
  const origin = draftedFrom
    ? t('table.draftedFrom', {
        count: draftedFrom.films,
        first: time.day(draftedFrom.first),
        last: time.day(draftedFrom.last),
      })
    : basedOnVersion === null
      ? ''
      : t('versions.based', { version: basedOnVersion });
  return [origin, since].filter((part) => part !== '').join(' · ');
}

function SinceYear(props: {
  readonly table: ParameterTableView;
  readonly onSave: (content: ParameterTableView['content']) => Promise<void>;
}) {
  const { t } = useTranslation(['protocols', 'errors']);
  const { message } = App.useApp();
  const { content } = props.table;
  const save = (year: number | null): void => {
    if (year === content.deviceSinceYear) return;
    props
      .onSave({ ...content, deviceSinceYear: year })
      .catch((error: unknown) => void message.error(t(`errors:${asProblem(error).code}`)));
  };
  return (
    <InputNumber
      size="small"
      aria-label={t('table.sinceYear')}
      placeholder={t('table.sinceYear')}
      min={1950}
      max={2100}
      precision={0}
      {...(content.deviceSinceYear === null ? {} : { defaultValue: content.deviceSinceYear })}
      onBlur={(event) => save(event.target.value === '' ? null : Number(event.target.value))}
      onPressEnter={(event) => event.currentTarget.blur()}
      style={{ width: 130 }}
    />
  );
}

function Faults({ table }: { table: ParameterTableView }) {
  const { t } = useTranslation('protocols');
  return (
    <Alert
      type="warning"
      showIcon
      style={{ marginBottom: 12 }}
      title={t('table.faults')}
      description={
        <ul>
          {table.faults.map(({ reason, at }) => (
            <li key={`${reason} ${at}`}>
              {t(`fault.${reason}`)} {at === '' ? '' : <span className="hint">{at}</span>}
            </li>
          ))}
        </ul>
      }
    />
  );
}
