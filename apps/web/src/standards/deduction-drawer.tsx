import type { StandardDraft } from '@jiapian/contract';
import type { DeductionGroup } from '@jiapian/rules';
import { Checkbox, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { FormDrawer } from '../ui/form-drawer.tsx';
import { RemoveRow, SourcedFields } from './row-fields.tsx';

type Content = StandardDraft['content'];
type Item = Content['deductions'][number];
interface ItemForm {
  code: string;
  key: string;
  nameZh: string;
  nameEn: string;
  group: DeductionGroup;
  condition: string;
  /** `5 / 10 / 15` */
  steps: string;
  cap: Item['cap'] | '';
  isVeto: boolean;
  appliesTo: Item['appliesTo'];
  source: string;
  isVerified: boolean;
}

const groups: readonly DeductionGroup[] = ['position', 'image-quality', 'artefact', 'annotation', 'veto'];
const sheets = ['projection', 'cross-sectional'] as const;

/** One item of the catalogue: changed, added or taken out. */
export function DeductionDrawer(props: {
  readonly content: Content;
  readonly code: string | null;
  readonly onSave: (content: Content) => Promise<void>;
  readonly onClose: () => void;
}) {
  const { t, i18n } = useTranslation('standards');
  const { content, code, onSave, onClose } = props;
  const item = content.deductions.find((each) => each.code === code);
  const language = i18n.language === 'en' ? 'en' : 'zh';
  const needed = [{ required: true, whitespace: true, message: t('shell:fieldNeeded') }];
  return (
    <FormDrawer<ItemForm>
      title={item ? `${item.code} ${item.name[language]}` : t('draft.addItem')}
      initial={item ? formOf(item) : { steps: '5 / 10', appliesTo: [...sheets], source: 'PD', group: 'position' }}
      save={(form) => onSave(withItem(content, code, itemOf(form, item)))}
      onSaved={onClose}
      onClose={onClose}
    >
      <div className="form-row">
        <Form.Item name="code" label={t('deductions.code')} rules={[...needed, { pattern: /^[A-Za-z0-9_-]{1,40}$/ }]}>
          <Input disabled={item !== undefined} />
        </Form.Item>
        <Form.Item name="key" label={t('deductions.key')} rules={[{ required: true, pattern: /^[0-9A-Z]$/ }]}>
          <Input maxLength={1} />
        </Form.Item>
      </div>
      <Form.Item name="nameZh" label={t('draft.nameZh')} rules={needed}>
        <Input maxLength={300} />
      </Form.Item>
      <Form.Item name="nameEn" label={t('draft.nameEn')} rules={needed}>
        <Input maxLength={300} />
      </Form.Item>
      <Form.Item
        name="steps"
        label={t('deductions.points')}
        extra={t('draft.stepsHint')}
        rules={[{ required: true, pattern: /^\s*\d{1,3}(\s*\/\s*\d{1,3}){0,4}\s*$/, message: t('draft.stepsHint') }]}
      >
        <Input className="mono" />
      </Form.Item>
      <div className="form-row">
        <Form.Item name="condition" label={t('deductions.condition')} rules={needed}>
          <Select
            options={content.conditions.map((condition) => ({
              value: condition.code,
              label: condition.name[language],
            }))}
          />
        </Form.Item>
        <Form.Item name="group" label={t('draft.group')} rules={needed}>
          <Select options={groups.map((value) => ({ value, label: t(`group.${value}`) }))} />
        </Form.Item>
      </div>
      <div className="form-row">
        <Form.Item name="cap" label={t('deductions.cap')}>
          <Select
            options={['', 'B', 'C', 'reject'].map((value) => ({
              value,
              label: value === '' ? t('noCap') : `≤ ${t(`shell:grade.${value}`)}`,
            }))}
          />
        </Form.Item>
        <Form.Item name="isVeto" label={t('draft.veto')} valuePropName="checked">
          <Checkbox>{t('veto')}</Checkbox>
        </Form.Item>
      </div>
      <Form.Item name="appliesTo" label={t('deductions.sheet')} rules={[{ required: true }]}>
        <Checkbox.Group options={sheets.map((value) => ({ value, label: t(`sheet.${value}`) }))} />
      </Form.Item>
      <SourcedFields />
      {item ? (
        <RemoveRow
          words={t('draft.removeItem')}
          remove={() => onSave(withItem(content, code, null))}
          onRemoved={onClose}
        />
      ) : null}
    </FormDrawer>
  );
}

const formOf = (item: Item): ItemForm => ({
  code: item.code,
  key: item.key,
  nameZh: item.name.zh,
  nameEn: item.name.en,
  group: item.group,
  condition: item.condition,
  steps: item.steps.join(' / '),
  cap: item.cap ?? '',
  isVeto: item.veto ?? false,
  appliesTo: item.appliesTo,
  source: item.source,
  isVerified: item.verified,
});

/** Names of steps and caps at a step stay as they were: the form does not show them. */
const itemOf = (form: ItemForm, before: Item | undefined): Item => {
  const { cap: _cap, veto: _veto, ...kept } = before ?? ({} as Partial<Item>);
  return {
    ...kept,
    code: form.code,
    key: form.key,
    name: { zh: form.nameZh, en: form.nameEn },
    group: form.group,
    condition: form.condition,
    steps: form.steps.split('/').map(Number),
    appliesTo: form.appliesTo,
    source: form.source,
    verified: form.isVerified ?? false,
    ...(form.isVeto ? { veto: true as const, cap: 'reject' as const } : form.cap ? { cap: form.cap } : {}),
  };
};

const withItem = (content: Content, code: string | null, item: Item | null): Content => ({
  ...content,
  deductions:
    code === null
      ? [...content.deductions, ...(item ? [item] : [])]
      : content.deductions.flatMap((each) => (each.code === code ? (item ? [item] : []) : [each])),
});
