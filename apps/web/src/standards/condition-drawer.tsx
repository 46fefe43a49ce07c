import type { StandardDraft } from '@jiapian/contract';
import { Form, Input, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { FormDrawer } from '../ui/form-drawer.tsx';
import { RemoveRow, SourcedFields } from './row-fields.tsx';

type Content = StandardDraft['content'];
type Condition = Content['conditions'][number];
interface ConditionForm {
  code: string;
  kind: Condition['kind'];
  nameZh: string;
  nameEn: string;
  /** One sentence a line. */
  itemsZh: string;
  itemsEn: string;
  source: string;
  isVerified: boolean;
}

/** A condition and its sentences, line by line in both languages. */
export function ConditionDrawer(props: {
  readonly content: Content;
  readonly code: string | null;
  readonly onSave: (content: Content) => Promise<void>;
  readonly onClose: () => void;
}) {
  const { t, i18n } = useTranslation('standards');
  const { content, code, onSave, onClose } = props;
  const condition = content.conditions.find((each) => each.code === code);
  const needed = [{ required: true, whitespace: true, message: t('shell:fieldNeeded') }];
  return (
    <FormDrawer<ConditionForm>
      title={condition ? condition.name[i18n.language === 'en' ? 'en' : 'zh'] : t('draft.addCondition')}
      initial={condition ? formOf(condition) : { kind: 'general', source: 'PD' }}
      save={(form) => onSave(withCondition(content, code, conditionOf(form)))}
      onSaved={onClose}
      onClose={onClose}
    >
      <Form.Item name="code" label={t('deductions.code')} rules={[...needed, { pattern: /^[A-Za-z0-9_-]{1,40}$/ }]}>
        <Input disabled={condition !== undefined} />
      </Form.Item>
      <Form.Item name="kind" label={t('draft.kind')}>
        <Radio.Group
          options={(['basic', 'general'] as const).map((value) => ({ value, label: t(`conditions.${value}`) }))}
        />
      </Form.Item>
      <Form.Item name="nameZh" label={t('draft.nameZh')} rules={needed}>
        <Input maxLength={300} />
      </Form.Item>
      <Form.Item name="itemsZh" label={t('draft.itemsZh')} extra={t('draft.itemsHint')}>
        <Input.TextArea rows={3} maxLength={3000} />
      </Form.Item>
      <Form.Item name="nameEn" label={t('draft.nameEn')} rules={needed}>
        <Input maxLength={300} />
      </Form.Item>
      <Form.Item name="itemsEn" label={t('draft.itemsEn')} extra={t('draft.itemsHint')}>
        <Input.TextArea rows={3} maxLength={3000} />
      </Form.Item>
      <SourcedFields />
      {condition ? (
        <RemoveRow
          words={t('draft.removeCondition')}
          remove={() => onSave(withCondition(content, code, null))}
          onRemoved={onClose}
        />
      ) : null}
    </FormDrawer>
  );
}

const formOf = (condition: Condition): ConditionForm => ({
  code: condition.code,
  kind: condition.kind,
  nameZh: condition.name.zh,
  nameEn: condition.name.en,
  itemsZh: condition.items.map(({ zh }) => zh).join('\n'),
  itemsEn: condition.items.map(({ en }) => en).join('\n'),
  source: condition.source,
  isVerified: condition.verified,
});

/** A sentence that one language lacks stays empty there: the draft shows it as a fault. */
const conditionOf = (form: ConditionForm): Condition => {
  const zh = linesOf(form.itemsZh);
  const en = linesOf(form.itemsEn);
  return {
    code: form.code,
    kind: form.kind,
    name: { zh: form.nameZh, en: form.nameEn },
    items: Array.from({ length: Math.max(zh.length, en.length) }, (_, line) => ({
      zh: zh[line] ?? '',
      en: en[line] ?? '',
    })),
    source: form.source,
    verified: form.isVerified ?? false,
  };
};

const linesOf = (text: string | undefined): string[] => (text ?? '').split('\n').filter((line) => line.trim() !== '');

const withCondition = (content: Content, code: string | null, condition: Condition | null): Content => ({
  ...content,
  conditions:
    code === null
      ? [...content.conditions, ...(condition ? [condition] : [])]
      : content.conditions.flatMap((each) => (each.code === code ? (condition ? [condition] : []) : [each])),
});
