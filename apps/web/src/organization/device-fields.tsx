import { Form, Input, Radio, Select } from 'antd';
import { useTranslation } from 'react-i18next';

export const modalities = ['DX', 'CR', 'CT', 'MR', 'MG', 'RF', 'XA', 'US', 'IO', 'PX', 'NM', 'PT'];

/** What a device is called and how its exams are treated: the part that set-up and settings share. */
export function DeviceFields({ isFromFiles = false }: { isFromFiles?: boolean }) {
  const { t } = useTranslation('organization');
  const needed = { required: true, whitespace: true, message: t('shell:fieldNeeded') };
  return (
    <>
      <div className="form-row">
        <Form.Item name="name" label={t('device.name')} rules={[needed]}>
          <Input placeholder={t('device.nameExample')} maxLength={100} />
        </Form.Item>
        <Form.Item
          name="aeTitle"
          label={t('device.aeTitle')}
          rules={[
            ...(isFromFiles ? [] : [needed]),
            { pattern: /^[\x20-\x5b\x5d-\x7e]{1,16}$/, message: t('device.aeTitleRule') },
          ]}
        >
          <Input className="mono" maxLength={16} />
        </Form.Item>
      </div>
      <div className="form-row">
        <Form.Item name="modality" label={t('device.modality')}>
          <Select options={modalities.map((value) => ({ value, label: t(`modality.${value}`) }))} allowClear />
        </Form.Item>
        <Form.Item name="stationName" label={t('device.stationName')} extra={t('device.stationHint')}>
          <Input maxLength={64} />
        </Form.Item>
      </div>
      <Form.Item name="priorityClass" label={t('device.priority')} extra={t('device.priorityHint')}>
        <Radio.Group
          options={[
            { value: 'routine', label: t('device.routine') },
            { value: 'emergency', label: t('device.emergency') },
          ]}
        />
      </Form.Item>
    </>
  );
}
