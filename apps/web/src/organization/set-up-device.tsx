import { deviceSchema, roomSchema, type Device } from '@jiapian/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { request } from '../api/client.ts';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { DeviceFields } from './device-fields.tsx';

type DeviceForm = Pick<Device, 'name' | 'aeTitle' | 'priorityClass'> & {
  modality?: string;
  stationName?: string;
  roomName?: string;
};

/** The first device, and its room if one is named. */
export function SetUpDevice({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('organization');
  const client = useQueryClient();
  const saving = useMutation({
    mutationFn: async ({ roomName = '', modality = '', stationName = '', ...form }: DeviceForm) => {
      const room =
        roomName.trim() === '' ? null : await request(roomSchema, 'POST', '/rooms', { body: { name: roomName } });
      const body = { ...form, modality, stationName, roomId: room?.roomId ?? null };
      return request(deviceSchema, 'POST', '/devices', { body });
    },
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['organization'] });
      onDone();
    },
  });
  return (
    <Form<DeviceForm>
      layout="vertical"
      initialValues={{ priorityClass: 'routine' }}
      onFinish={(form) => saving.mutate(form)}
    >
      {saving.isError ? <ProblemNotice problem={asProblem(saving.error)} /> : null}
      <DeviceFields />
      <Form.Item name="roomName" label={t('device.room')}>
        <Input placeholder={t('room.nameExample')} maxLength={100} />
      </Form.Item>
      <div className="set-up-foot">
        <Button onClick={onDone}>{t('setUp.skip')}</Button>
        <Button type="primary" htmlType="submit" loading={saving.isPending}>
          {t('setUp.saveAndNext')}
        </Button>
      </div>
    </Form>
  );
}
