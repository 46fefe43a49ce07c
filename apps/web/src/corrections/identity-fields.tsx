import { Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';

const MAX_ID = 64;
const MAX_ACCESSION = 16;

/** Whose the images are. */
export function IdentityFields() {
  const { t } = useTranslation(['corrections', 'shell']);
  const needed = [{ required: true, whitespace: true, message: t('shell:fieldNeeded') }];
  return (
    <div className="correction-fields">
      <Form.Item name="patientName" label={t('field.patientName')} extra={t('form.nameHint')} rules={needed}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="dicomPatientId" label={t('field.dicomPatientId')} rules={needed}>
        <Input maxLength={MAX_ID} />
      </Form.Item>
      <Form.Item name="accessionNumber" label={t('field.accessionNumber')}>
        <Input maxLength={MAX_ACCESSION} />
      </Form.Item>
      <Form.Item name="sex" label={t('field.sex')}>
        <Select
          allowClear
          options={['M', 'F', 'O'].map((value) => ({ value, label: t(`sex.${value}`) }))}
          aria-label={t('field.sex')}
        />
      </Form.Item>
      <Form.Item
        name="birthDate"
        label={t('field.birthDate')}
        rules={[{ pattern: /^\d{4}-\d{2}-\d{2}$/, message: t('form.dateHint') }]}
      >
        <Input placeholder="YYYY-MM-DD" maxLength={10} />
      </Form.Item>
      <Form.Item name="issuer" label={t('field.issuer')}>
        <Input maxLength={MAX_ID} />
      </Form.Item>
    </div>
  );
}
