import type { StandardDraft } from '@jiapian/contract';
import { grades, type Grade } from '@jiapian/kernel';
import { Checkbox, Form, Input, InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';
import { FormDrawer } from '../ui/form-drawer.tsx';

type Content = StandardDraft['content'];
interface GradeForm {
  isUsed: boolean;
  atLeast: number;
  atMostNotMet: number;
  nameZh: string;
  nameEn: string;
}
interface ScaleForm {
  nameZh: string;
  nameEn: string;
  startScore: number;
  conditionFailPoints: number;
  bounds: Partial<Record<Grade, GradeForm>>;
}

/** How points and conditions make a grade, which grades there are, and what they are called here. */
export function ScaleDrawer(props: {
  readonly content: Content;
  readonly onSave: (content: Content) => Promise<void>;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('standards');
  const { content, onSave, onClose } = props;
  const rules = [{ required: true, message: t('shell:fieldNeeded') }];
  return (
    <FormDrawer<ScaleForm>
      title={t('scale.title')}
      initial={formOf(content)}
      save={(form) => onSave(withScale(content, form))}
      onSaved={onClose}
      onClose={onClose}
    >
      <div className="form-row">
        <Form.Item name="nameZh" label={t('draft.nameZh')} rules={rules}>
          <Input maxLength={300} />
        </Form.Item>
        <Form.Item name="nameEn" label={t('draft.nameEn')} rules={rules}>
          <Input maxLength={300} />
        </Form.Item>
      </div>
      <div className="form-row">
        <Form.Item name="startScore" label={t('draft.startScore')} rules={rules}>
          <InputNumber min={1} max={100} style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name="conditionFailPoints" label={t('draft.failPoints')} rules={rules}>
          <InputNumber min={1} max={100} style={{ width: '100%' }} />
        </Form.Item>
      </div>
      {grades.map((grade) => (
        <fieldset key={grade} className="scale-grade">
          <legend>{t(`shell:grade.${grade}`)}</legend>
          {grade === 'reject' ? null : (
            <div className="form-row">
              <Form.Item name={['bounds', grade, 'isUsed']} valuePropName="checked" label={t('draft.gradeUsed')}>
                <Checkbox disabled={grade === 'A'}>{t('draft.gradeUsed')}</Checkbox>
              </Form.Item>
              <Form.Item name={['bounds', grade, 'atLeast']} label={t('draft.atLeast')}>
                <InputNumber min={0} max={100} style={{ width: '100%' }} />
              </Form.Item>
              <Form.Item name={['bounds', grade, 'atMostNotMet']} label={t('draft.atMostNotMet')}>
                <InputNumber min={0} max={50} style={{ width: '100%' }} />
              </Form.Item>
            </div>
          )}
          <div className="form-row">
            <Form.Item name={['bounds', grade, 'nameZh']} label={t('draft.gradeNameZh')}>
              <Input maxLength={20} />
            </Form.Item>
            <Form.Item name={['bounds', grade, 'nameEn']} label={t('draft.gradeNameEn')}>
              <Input maxLength={20} />
            </Form.Item>
          </div>
        </fieldset>
      ))}
    </FormDrawer>
  );
}

const formOf = (content: Content): ScaleForm => ({
  nameZh: content.name.zh,
  nameEn: content.name.en,
  startScore: content.startScore,
  conditionFailPoints: content.conditionFailPoints,
  bounds: Object.fromEntries(
    grades.map((grade) => {
      const bound = content.scale.find((each) => each.grade === grade);
      const condition = content.conditionScale.find((each) => each.grade === grade);
      return [
        grade,
        {
          isUsed: bound !== undefined,
          atLeast: bound?.atLeast ?? 0,
          atMostNotMet: condition?.atMostNotMet ?? 0,
          nameZh: content.gradeNames?.[grade]?.zh ?? '',
          nameEn: content.gradeNames?.[grade]?.en ?? '',
        },
      ];
    }),
  ),
});

const withScale = (content: Content, form: ScaleForm): Content => {
  const used = (['A', 'B', 'C'] as const).filter((grade) => form.bounds[grade]?.isUsed);
  const named = grades.filter((grade) => form.bounds[grade]?.nameZh || form.bounds[grade]?.nameEn);
  const { gradeNames: _before, ...kept } = content;
  return {
    ...kept,
    name: { zh: form.nameZh, en: form.nameEn },
    startScore: form.startScore,
    conditionFailPoints: form.conditionFailPoints,
    scale: used.map((grade) => ({ grade, atLeast: form.bounds[grade]?.atLeast ?? 0 })),
    conditionScale: used.map((grade) => ({ grade, atMostNotMet: form.bounds[grade]?.atMostNotMet ?? 0 })),
    ...(named.length > 0
      ? {
          gradeNames: Object.fromEntries(
            named.map((grade) => [
              grade,
              { zh: form.bounds[grade]?.nameZh ?? '', en: form.bounds[grade]?.nameEn ?? '' },
            ]),
          ),
        }
      : {}),
  };
};
