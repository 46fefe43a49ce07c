import { Form, Input, Radio, Select } from 'antd';
import { useTranslation } from 'react-i18next';

const modalities = ['DX', 'CR', 'MG', 'CT', 'MR', 'XA', 'RF', 'US', 'PX', 'IO'];

/** What goes to an archive, what counts as arrived there, and how it wants to hear of a reject. */
export function ArchiveWays({ kind }: { kind: unknown }) {
  const { t } = useTranslation('release');
  const choices = (name: string, values: readonly string[]) =>
    values.map((value) => ({ value, label: t(`ways.${name}.${value}`) }));
  return (
    <>
      <Form.Item
        name={['forwardRules', 'modalities']}
        label={t('ways.modalities')}
        extra={t('ways.modalitiesHint')}
        initialValue={[]}
      >
        <Select mode="tags" options={modalities.map((value) => ({ value, label: value }))} />
      </Form.Item>
      <Form.Item name="confirmation" label={t('ways.confirmation.label')} initialValue="status">
        <Radio.Group
          options={choices(
            'confirmation',
            kind === 'stow' ? ['status', 're-query'] : ['status', 're-query', 'commitment'],
          )}
        />
      </Form.Item>
      <Form.Item name="rejectRecipe" label={t('ways.reject.label')} extra={t('ways.reject.hint')} initialValue="note">
        <Radio.Group options={choices('reject', ['note', 'task'])} />
      </Form.Item>
      <Form.Item name="undoRecipe" label={t('ways.undo.label')} initialValue="resend">
        <Radio.Group options={choices('undo', ['resend', 'revoke-note'])} />
      </Form.Item>
      <Form.Item name={['coercion', 'institutionName']} label={t('ways.institution')} extra={t('ways.institutionHint')}>
        <Input maxLength={64} />
      </Form.Item>
      {kind === 'stow' ? null : (
        <Form.Item name={['coercion', 'callingAeTitle']} label={t('ways.calling')}>
          <Input className="mono" maxLength={16} />
        </Form.Item>
      )}
    </>
  );
}
