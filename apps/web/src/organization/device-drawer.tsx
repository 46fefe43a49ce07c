import { deviceSchema, type Device } from '@jiapian/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Form, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { request } from '../api/client.ts';
import { FormDrawer } from '../ui/form-drawer.tsx';
import { DeviceFields } from './device-fields.tsx';
import { devicesQuery, hospitalSettingsQuery, roomsQuery, staffQuery } from './organization-queries.ts';

type DeviceForm = Pick<
  Device,
  'name' | 'aeTitle' | 'modality' | 'stationName' | 'roomId' | 'ownerStaffId' | 'priorityClass' | 'holdMinutes'
>;

/** Adds a device, or names one that was listed by its first association. */
export function DeviceDrawer(props: { device: Device | null; onSaved: () => void; onClose: () => void }) {
  const { t } = useTranslation('organization');
  const rooms = useQuery(roomsQuery);
  const staff = useQuery(staffQuery);
  const settings = useQuery(hospitalSettingsQuery);
  const client = useQueryClient();
  const { device } = props;
  return (
    <FormDrawer<DeviceForm>
      title={t(device === null ? 'device.add' : device.isNamed ? 'device.changeTitle' : 'device.nameTitle')}
      initial={device ? { ...device, priorityClass: device.priorityClass ?? 'routine' } : { priorityClass: 'routine' }}
      save={(values, version) => {
        const body = {
          ...values,
          aeTitle: values.aeTitle ?? '',
          modality: values.modality ?? '',
          stationName: values.stationName ?? '',
          roomId: values.roomId ?? null,
          ownerStaffId: values.ownerStaffId ?? null,
          holdMinutes: values.holdMinutes ?? null,
        };
        return device
          ? request(deviceSchema, 'PATCH', `/devices/${device.deviceId}`, {
              body: { ...body, version: version ?? device.version },
            })
          : request(deviceSchema, 'POST', '/devices', { body });
      }}
      latest={async () => {
        const rows = await client.fetchQuery({ ...devicesQuery, staleTime: 0 });
        const saved = rows.find((row) => row.deviceId === device?.deviceId);
        return saved ? { values: saved, version: saved.version } : null;
      }}
      inWords={(name, value) => {
        if (name === 'roomId') return rooms.data?.find(({ roomId }) => roomId === value)?.name ?? '';
        if (name === 'ownerStaffId') return staff.data?.find(({ staffId }) => staffId === value)?.name ?? '';
        if (name === 'priorityClass') return t(value === 'emergency' ? 'device.emergency' : 'device.routine');
        return String(value ?? '');
      }}
      onSaved={props.onSaved}
      onClose={props.onClose}
    >
      {device && !device.isNamed ? (
        <p className="secondary">
          {t(device.aeTitle === '' ? 'device.nameTextNoAe' : 'device.nameText', { ae: device.aeTitle })}
        </p>
      ) : null}
      <DeviceFields isFromFiles={device?.aeTitle === ''} />
      <Form.Item
        name="holdMinutes"
        label={t('device.holdLabel')}
        extra={t('device.holdHint', { count: settings.data?.holdMinutes ?? 0 })}
      >
        <InputNumber min={1} max={1440} style={{ width: '100%' }} suffix={t('minutes')} />
      </Form.Item>
      <div className="form-row">
        <Form.Item name="roomId" label={t('device.room')}>
          <Select
            allowClear
            options={(rooms.data ?? []).map((room) => ({ value: room.roomId, label: room.name }))}
            notFoundContent={t('device.noRooms')}
          />
        </Form.Item>
        <Form.Item name="ownerStaffId" label={t('device.owner')}>
          <Select
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            options={(staff.data ?? []).map((person) => ({ value: person.staffId, label: person.name }))}
          />
        </Form.Item>
      </div>
    </FormDrawer>
  );
}
