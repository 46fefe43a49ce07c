import { PlusOutlined } from '@ant-design/icons';
import { destinationSchema, type Destination } from '@jiapian/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { request } from '../api/client.ts';
import { useMay } from '../api/session.ts';
import { PermissionGate } from '../app/permission-gate.tsx';
import { useListEditor } from '../organization/use-list-editor.ts';
import { Card } from '../ui/card.tsx';
import { DataTable, type Column } from '../ui/data-table.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { FormDrawer } from '../ui/form-drawer.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { StateTag } from '../ui/state-tag.tsx';
import { destinationBody, DestinationFields, type DestinationForm } from './destination-fields.tsx';
import { destinationsQuery } from './release-queries.ts';
import { useEcho } from './use-echo.ts';

export function DestinationsPage() {
  return (
    <PermissionGate permission="release.read">
      <Destinations />
    </PermissionGate>
  );
}

function Destinations() {
  const { t } = useTranslation('release');
  const may = useMay();
  const destinations = useQuery(destinationsQuery);
  const client = useQueryClient();
  const editor = useListEditor<Destination>('release');
  const echo = useEcho();
  const isManaging = may('organization.manage');
  const columns: Column<Destination>[] = [
    { key: 'name', title: t('settings.name'), render: (row) => <strong>{row.name}</strong> },
    { key: 'kind', title: t('settings.kind'), render: (row) => t(`settings.${row.kind}`) },
    { key: 'address', title: t('settings.address'), render: (row) => <span className="mono">{addressText(row)}</span> },
    {
      key: 'state',
      title: t('settings.state'),
      render: (row) => (
        <StateTag tone={row.isEnabled ? 'good' : 'plain'}>
          {t(row.isEnabled ? 'settings.enabled' : 'settings.disabled')}
        </StateTag>
      ),
    },
    {
      key: 'act',
      title: '',
      align: 'right',
      render: (row) => (
        <>
          {may('release.operate') ? (
            <Button
              type="link"
              size="small"
              loading={echo.isPending && echo.variables === row.destinationId}
              onClick={() => echo.mutate(row.destinationId)}
            >
              {t('echo.button')}
            </Button>
          ) : null}
          {isManaging ? (
            <Button type="link" size="small" onClick={() => editor.open(row)}>
              {t('settings.change')}
            </Button>
          ) : null}
        </>
      ),
    },
  ];
  return (
    <Card
      title={t('settings.title')}
      remark={t('settings.remark')}
      isFlush
      actions={
        isManaging ? (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => editor.open('new')}>
            {t('settings.add')}
          </Button>
        ) : null
      }
    >
      {destinations.isError ? (
        <ProblemNotice problem={asProblem(destinations.error)} onRetry={() => void destinations.refetch()} />
      ) : null}
      <DataTable
        file="destinations"
        label={t('settings.title')}
        rows={destinations.data ?? []}
        columns={columns}
        rowKey={(row) => row.destinationId}
        onOpen={isManaging ? (row) => editor.open(row) : undefined}
        isLoading={destinations.isPending}
        empty={destinations.isError ? null : <EmptyState title={t('settings.empty')} text={t('settings.emptyText')} />}
      />
      {editor.isOpen ? (
        <FormDrawer<DestinationForm>
          title={t(editor.row ? 'settings.edit' : 'settings.add')}
          initial={editor.row ?? { kind: 'dimse', isEnabled: true, port: 104 }}
          save={(form, version) => {
            const body = destinationBody(form, version ?? editor.row?.version);
            return editor.row
              ? request(destinationSchema, 'PATCH', `/destinations/${editor.row.destinationId}`, { body })
              : request(destinationSchema, 'POST', '/destinations', { body });
          }}
          latest={async () => {
            const rows = await client.fetchQuery({ ...destinationsQuery, staleTime: 0 });
            const saved = rows.find(({ destinationId }) => destinationId === editor.row?.destinationId);
            return saved ? { values: saved, version: saved.version } : null;
          }}
          inWords={(name, value) => {
            if (name === 'isEnabled') return t(value === true ? 'settings.enabled' : 'settings.disabled');
            return name === 'kind' ? t(`settings.${String(value)}`) : String(value ?? '');
          }}
          onSaved={editor.saved}
          onClose={editor.close}
        >
          <DestinationFields hasSecret={editor.row?.hasSecret ?? false} />
        </FormDrawer>
      ) : null}
    </Card>
  );
}

const addressText = (row: Destination): string =>
  row.kind === 'dimse' ? `${row.aeTitle} @ ${row.host}:${row.port ?? ''}` : row.url;
