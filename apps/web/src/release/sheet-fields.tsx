import { sheetRequest } from '@jiapian/contract';
import { Form, InputNumber, Radio, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { SheetForm } from './print-queries.ts';

const sizes = sheetRequest.shape.filmSize.unwrap().options;
const FIELDS_MAX = 5;

/** Size of the sheet and its fields (分格). */
export function SheetFields({ form, onChange }: { form: SheetForm; onChange: (form: SheetForm) => void }) {
  const { t } = useTranslation('print');
  const set = (change: Partial<SheetForm>) => onChange({ ...form, ...change });
  return (
    <Form layout="vertical" className="sheet-fields">
      <Form.Item label={t('size')} htmlFor="print-size">
        <Select
          id="print-size"
          value={form.filmSize}
          options={sizes.map((value) => ({ value, label: t(`sizes.${value}`) }))}
          onChange={(filmSize) => set({ filmSize })}
        />
      </Form.Item>
      <Form.Item label={t('orientation.title')}>
        <Radio.Group
          value={form.orientation}
          options={(['PORTRAIT', 'LANDSCAPE'] as const).map((value) => ({ value, label: t(`orientation.${value}`) }))}
          onChange={({ target }) => set({ orientation: target.value as SheetForm['orientation'] })}
        />
      </Form.Item>
      <div className="sheet-grid">
        {(['columns', 'rows'] as const).map((name) => (
          <Form.Item key={name} label={t(name)} htmlFor={`print-${name}`}>
            <InputNumber
              id={`print-${name}`}
              min={1}
              max={FIELDS_MAX}
              precision={0}
              value={form[name]}
              onChange={(value) => set({ [name]: value ?? 1 })}
            />
          </Form.Item>
        ))}
      </div>
    </Form>
  );
}
