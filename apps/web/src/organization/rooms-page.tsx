import { PlusOutlined } from '@ant-design/icons';
import { roomSchema, type Room } from '@jiapian/contract';
import { useQuery } from '@tanstack/react-query';
import { Button, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { request } from '../api/client.ts';
import { useMay } from '../api/session.ts';
import { Card } from '../ui/card.tsx';
import { DataTable, type Column } from '../ui/data-table.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { FormDrawer } from '../ui/form-drawer.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { departmentsQuery, devicesQuery, roomsQuery } from './organization-queries.ts';
import { useListEditor } from './use-list-editor.ts';

/** A cleared choice is undefined in the form and null on the server. */
interface RoomForm {
  name: string;
  departmentId?: string | null;
}

export function RoomsPage() {
  const { t } = useTranslation('organization');
  const may = useMay();
  const rooms = useQuery(roomsQuery);
  const departments = useQuery(departmentsQuery);
  const devices = useQuery(devicesQuery);
  const editor = useListEditor<Room>('organization');
  const isManaging = may('organization.manage');
  const columns: Column<Room>[] = [
    { key: 'name', title: t('room.name'), render: (room) => <strong>{room.name}</strong> },
    {
      key: 'department',
      title: t('room.department'),
      render: (room) =>
        departments.data?.find((department) => department.departmentId === room.departmentId)?.name ?? '',
    },
    {
      key: 'devices',
      title: t('room.devices'),
      render: (room) =>
        devices.data
          ?.filter((device) => device.roomId === room.roomId)
          .map((device) => device.name || device.aeTitle)
          .join('、') ?? '',
    },
    {
      key: 'act',
      title: '',
      align: 'right',
      render: (room) =>
        isManaging ? (
          <Button type="link" size="small" onClick={() => editor.open(room)}>
            {t('change')}
          </Button>
        ) : null,
    },
  ];
  return (
    <Card
      title={t('room.title')}
      remark={departments.data?.map((department) => department.name).join(' · ')}
      isFlush
      actions={
        isManaging ? (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => editor.open('new')}>
            {t('room.add')}
          </Button>
        ) : null
      }
    >
      {rooms.isError ? <ProblemNotice problem={asProblem(rooms.error)} onRetry={() => void rooms.refetch()} /> : null}
      <DataTable
        file="rooms"
        label={t('room.title')}
        rows={rooms.data ?? []}
        columns={columns}
        rowKey={(room) => room.roomId}
        onOpen={isManaging ? (room) => editor.open(room) : undefined}
        isLoading={rooms.isPending}
        empty={rooms.isError ? null : <EmptyState title={t('room.empty')} text={t('room.emptyText')} />}
      />
      {editor.isOpen ? (
        <FormDrawer<RoomForm>
          title={t(editor.row ? 'room.changeTitle' : 'room.add')}
          initial={editor.row ?? { departmentId: departments.data?.[0]?.departmentId ?? null }}
          save={({ name, departmentId = null }) =>
            editor.row
              ? request(roomSchema, 'PATCH', `/rooms/${editor.row.roomId}`, { body: { name, departmentId } })
              : request(roomSchema, 'POST', '/rooms', { body: { name, departmentId } })
          }
          onSaved={editor.saved}
          onClose={editor.close}
        >
          <Form.Item
            name="name"
            label={t('room.name')}
            rules={[{ required: true, whitespace: true, message: t('shell:fieldNeeded') }]}
          >
            <Input placeholder={t('room.nameExample')} maxLength={100} />
          </Form.Item>
          <Form.Item name="departmentId" label={t('room.department')}>
            <Select
              allowClear
              options={(departments.data ?? []).map(({ departmentId, name }) => ({ value: departmentId, label: name }))}
            />
          </Form.Item>
        </FormDrawer>
      ) : null}
    </Card>
  );
}
