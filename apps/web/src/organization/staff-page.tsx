import { PlusOutlined } from '@ant-design/icons';
import { staffSchema, type Staff } from '@jiapian/contract';
import { useQuery } from '@tanstack/react-query';
import { Button, Form, Input, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { request } from '../api/client.ts';
import { useMay } from '../api/session.ts';
import { Card } from '../ui/card.tsx';
import { DataTable, type Column } from '../ui/data-table.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { FormDrawer } from '../ui/form-drawer.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { StateTag } from '../ui/state-tag.tsx';
import { staffQuery } from './organization-queries.ts';
import { useListEditor } from './use-list-editor.ts';

type StaffForm = Pick<Staff, 'staffNumber' | 'name' | 'post' | 'isActive'>;

export function StaffPage() {
  const { t } = useTranslation('organization');
  const may = useMay();
  const staff = useQuery(staffQuery);
  const editor = useListEditor<Staff>('organization');
  const isManaging = may('organization.manage');
  const needed = [{ required: true, whitespace: true, message: t('shell:fieldNeeded') }];
  const columns: Column<Staff>[] = [
    { key: 'number', title: t('staff.number'), render: (person) => person.staffNumber },
    { key: 'name', title: t('staff.name'), render: (person) => <strong>{person.name}</strong> },
    { key: 'post', title: t('staff.post'), render: (person) => person.post },
    {
      key: 'state',
      title: t('staff.state'),
      render: (person) => (
        <StateTag tone={person.isActive ? 'good' : 'plain'}>
          {t(person.isActive ? 'staff.active' : 'staff.left')}
        </StateTag>
      ),
    },
    {
      key: 'act',
      title: '',
      align: 'right',
      render: (person) =>
        isManaging ? (
          <Button type="link" size="small" onClick={() => editor.open(person)}>
            {t('change')}
          </Button>
        ) : null,
    },
  ];
  return (
    <Card
      title={t('staff.title')}
      remark={t('staff.remark')}
      isFlush
      actions={
        isManaging ? (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => editor.open('new')}>
            {t('staff.add')}
          </Button>
        ) : null
      }
    >
      {staff.isError ? <ProblemNotice problem={asProblem(staff.error)} onRetry={() => void staff.refetch()} /> : null}
      <DataTable
        file="staff"
        label={t('staff.title')}
        rows={staff.data ?? []}
        columns={columns}
        rowKey={(person) => person.staffId}
        onOpen={isManaging ? (person) => editor.open(person) : undefined}
        isLoading={staff.isPending}
        empty={staff.isError ? null : <EmptyState title={t('staff.empty')} text={t('staff.emptyText')} />}
      />
      {editor.isOpen ? (
        <FormDrawer<StaffForm>
          title={t(editor.row ? 'staff.changeTitle' : 'staff.add')}
          initial={editor.row ?? { post: '', isActive: true }}
          save={(body) =>
            editor.row
              ? request(staffSchema, 'PATCH', `/staff/${editor.row.staffId}`, { body })
              : request(staffSchema, 'POST', '/staff', { body })
          }
          onSaved={editor.saved}
          onClose={editor.close}
        >
          <Form.Item name="staffNumber" label={t('staff.number')} rules={needed}>
            <Input maxLength={40} />
          </Form.Item>
          <Form.Item name="name" label={t('staff.name')} rules={needed}>
            <Input maxLength={100} />
          </Form.Item>
          <Form.Item name="post" label={t('staff.post')}>
            <Input maxLength={60} placeholder={t('staff.postExample')} />
          </Form.Item>
          <Form.Item name="isActive" label={t('staff.active')} valuePropName="checked" extra={t('staff.activeHint')}>
            <Switch />
          </Form.Item>
        </FormDrawer>
      ) : null}
    </Card>
  );
}
