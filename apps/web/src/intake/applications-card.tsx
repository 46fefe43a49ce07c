import { PlusOutlined } from '@ant-design/icons';
import type { DicomApplication } from '@jiapian/contract';
import { useQuery } from '@tanstack/react-query';
import { Button, Form, Input, InputNumber, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { useMay } from '../api/session.ts';
import { useListEditor } from '../organization/use-list-editor.ts';
import { Card } from '../ui/card.tsx';
import { DataTable, type Column } from '../ui/data-table.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { FormDrawer } from '../ui/form-drawer.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { applicationsQuery, saveApplication } from './fetch-queries.ts';

/** Where the archives, printers and modalities are that we call. */
export function ApplicationsCard() {
  const { t } = useTranslation('fetch');
  const may = useMay();
  const isManaging = may('organization.manage');
  const applications = useQuery(applicationsQuery);
  const editor = useListEditor<DicomApplication>('intake');
  const needed = [{ required: true, message: t('shell:fieldNeeded') }];
  const columns: Column<DicomApplication>[] = [
    { key: 'title', title: t('application.aeTitle'), render: (one) => <strong>{one.aeTitle}</strong> },
    { key: 'name', title: t('application.name'), render: (one) => one.name },
    { key: 'address', title: t('application.address'), render: (one) => `${one.host}:${one.port}` },
    { key: 'tls', title: 'TLS', width: 80, render: (one) => (one.usesTls ? t('yes') : '') },
  ];
  return (
    <Card
      title={t('application.title')}
      remark={t('application.text')}
      isFlush
      actions={
        isManaging ? (
          <Button icon={<PlusOutlined />} onClick={() => editor.open('new')}>
            {t('application.add')}
          </Button>
        ) : null
      }
    >
      {applications.isError ? (
        <ProblemNotice problem={asProblem(applications.error)} onRetry={() => void applications.refetch()} />
      ) : null}
      <DataTable
        file="applications"
        isKeyed={false}
        label={t('application.title')}
        rows={applications.data ?? []}
        columns={columns}
        rowKey={(one) => one.aeTitle}
        onOpen={isManaging ? (one) => editor.open(one) : undefined}
        isLoading={applications.isPending}
        empty={
          applications.isError ? null : <EmptyState title={t('application.empty')} text={t('application.emptyText')} />
        }
      />
      {editor.isOpen ? (
        <FormDrawer<DicomApplication>
          title={t(editor.row ? 'application.change' : 'application.add')}
          initial={editor.row ?? { name: '', port: 104, usesTls: false }}
          save={saveApplication}
          onSaved={editor.saved}
          onClose={editor.close}
        >
          <Form.Item name="aeTitle" label={t('application.aeTitle')} rules={needed}>
            <Input maxLength={16} disabled={editor.row !== null} />
          </Form.Item>
          <Form.Item name="name" label={t('application.name')}>
            <Input maxLength={100} />
          </Form.Item>
          <Form.Item name="host" label={t('application.host')} rules={needed}>
            <Input maxLength={253} />
          </Form.Item>
          <Form.Item name="port" label={t('application.port')} rules={needed}>
            <InputNumber min={1} max={65535} precision={0} />
          </Form.Item>
          <Form.Item name="usesTls" label="TLS" valuePropName="checked" extra={t('application.tlsText')}>
            <Switch />
          </Form.Item>
        </FormDrawer>
      ) : null}
    </Card>
  );
}
