import { Form, Radio, Select, Switch } from 'antd';
import { useTranslation } from 'react-i18next';

const characterSets = ['ISO_IR 192', 'GB18030', 'ISO_IR 100', 'ISO_IR 6'];
/** Transfer syntaxes that archives are known to ask for (PS3.6 annex A). */
const syntaxes = [
  ['1.2.840.10008.1.2.1', 'Explicit VR Little Endian'],
  ['1.2.840.10008.1.2', 'Implicit VR Little Endian'],
  ['1.2.840.10008.1.2.4.70', 'JPEG Lossless (SV1)'],
  ['1.2.840.10008.1.2.5', 'RLE Lossless'],
  ['1.2.840.10008.1.2.4.80', 'JPEG-LS Lossless'],
  ['1.2.840.10008.1.2.4.90', 'JPEG 2000 Lossless'],
  ['1.2.840.10008.1.2.4.50', 'JPEG Baseline'],
] as const;

/** In what encoding and character set the copies of a destination are; what is held here never changes. */
export function CopyRules() {
  const { t } = useTranslation('release');
  return (
    <>
      <Form.Item
        name={['coercion', 'characterSet']}
        label={t('copyRules.characterSet')}
        extra={t('copyRules.characterSetHint')}
      >
        <Select
          allowClear
          placeholder={t('copyRules.asReceived')}
          options={characterSets.map((value) => ({ value, label: value }))}
        />
      </Form.Item>
      <Form.Item
        name={['coercion', 'transcoding']}
        label={t('copyRules.transcoding.label')}
        extra={t('copyRules.transcoding.hint')}
        initialValue="never"
      >
        <Radio.Group
          options={(['never', 'when-needed'] as const).map((value) => ({
            value,
            label: t(`copyRules.transcoding.${value}`),
          }))}
        />
      </Form.Item>
      <Form.Item
        name={['coercion', 'acceptedSyntaxes']}
        label={t('copyRules.syntaxes')}
        extra={t('copyRules.syntaxesHint')}
        initialValue={[]}
      >
        <Select mode="multiple" options={syntaxes.map(([value, label]) => ({ value, label }))} />
      </Form.Item>
      <Form.Item
        name={['coercion', 'padsOddLength']}
        label={t('copyRules.pads')}
        extra={t('copyRules.padsHint')}
        valuePropName="checked"
        initialValue={true}
      >
        <Switch />
      </Form.Item>
    </>
  );
}
