import type { Destination } from '@jiapian/contract';
import { Form, Input, InputNumber, Radio, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { ArchiveWays } from './archive-ways.tsx';
import { CopyRules } from './copy-rules.tsx';

export interface DestinationForm {
  name: string;
  kind: Destination['kind'];
  aeTitle?: string;
  host?: string;
  port?: number | null;
  usesTls?: boolean;
  url?: string;
  secret?: string;
  isEnabled: boolean;
  rejectRecipe?: Destination['rejectRecipe'];
  undoRecipe?: Destination['undoRecipe'];
  confirmation?: Destination['confirmation'];
  forwardRules?: Destination['forwardRules'];
  coercion?: Partial<Destination['coercion']>;
}

/** Only what the kind needs goes to the server; an untouched secret stays as it is. */
export const destinationBody = (form: DestinationForm, version?: number): Record<string, unknown> => {
  const base = {
    name: form.name,
    kind: form.kind,
    isEnabled: form.isEnabled,
    rejectRecipe: form.rejectRecipe ?? 'note',
    undoRecipe: form.undoRecipe ?? 'resend',
    confirmation: form.confirmation ?? 'status',
    forwardRules: { modalities: [], deviceIds: [], ...form.forwardRules },
    coercion: {
      callingAeTitle: form.coercion?.callingAeTitle || null,
      institutionName: form.coercion?.institutionName || null,
      characterSet: form.coercion?.characterSet || null,
      transcoding: form.coercion?.transcoding ?? 'never',
      acceptedSyntaxes: form.coercion?.acceptedSyntaxes ?? [],
      padsOddLength: form.coercion?.padsOddLength ?? true,
    },
    ...(version !== undefined && { version }),
  };
  return form.kind === 'dimse'
    ? { ...base, aeTitle: form.aeTitle, host: form.host, port: form.port, usesTls: form.usesTls ?? false }
    : { ...base, url: form.url, ...(form.secret && { secret: form.secret }) };
};

/** The library's own rule refuses addresses of machines in a hospital's network. */
const isWebAddress = (value: unknown): boolean =>
  value === undefined ||
  value === '' ||
  (typeof value === 'string' && /^https?:\/\//.test(value) && URL.canParse(value));

/** Name and address of a PACS: a DICOM node or a DICOMweb server. */
export function DestinationFields({ hasSecret = false }: { hasSecret?: boolean }) {
  const { t } = useTranslation('release');
  const kind: unknown = Form.useWatch('kind');
  const needed = { required: true, whitespace: true, message: t('shell:fieldNeeded') };
  return (
    <>
      <Form.Item name="name" label={t('settings.name')} rules={[needed]}>
        <Input placeholder="PACS" maxLength={100} />
      </Form.Item>
      <Form.Item name="kind" label={t('settings.kind')}>
        <Radio.Group
          options={(['dimse', 'stow'] as const).map((value) => ({ value, label: t(`settings.${value}`) }))}
        />
      </Form.Item>
      {kind === 'stow' ? (
        <>
          <Form.Item
            name="url"
            label={t('settings.url')}
            extra={t('settings.urlHint')}
            rules={[
              needed,
              {
                validator: (_rule, value) =>
                  isWebAddress(value) ? Promise.resolve() : Promise.reject(t('settings.urlRule')),
              },
            ]}
          >
            <Input className="mono" maxLength={500} />
          </Form.Item>
          <Form.Item
            name="secret"
            label={t('settings.secret')}
            extra={t(hasSecret ? 'settings.secretKept' : 'settings.secretHint')}
          >
            <Input.Password autoComplete="off" maxLength={500} />
          </Form.Item>
        </>
      ) : (
        <>
          <Form.Item name="aeTitle" label={t('settings.aeTitle')} rules={[needed]}>
            <Input className="mono" maxLength={16} />
          </Form.Item>
          <div className="form-row">
            <Form.Item name="host" label={t('settings.host')} rules={[needed]}>
              <Input className="mono" maxLength={253} />
            </Form.Item>
            <Form.Item
              name="port"
              label={t('settings.port')}
              rules={[{ required: true, message: t('shell:fieldNeeded') }]}
            >
              <InputNumber min={1} max={65535} style={{ width: '100%' }} />
            </Form.Item>
          </div>
          <Form.Item name="usesTls" label="TLS" valuePropName="checked" extra={t('settings.tlsHint')}>
            <Switch />
          </Form.Item>
        </>
      )}
      <ArchiveWays kind={kind} />
      <CopyRules />
      <Form.Item name="isEnabled" label={t('settings.enabled')} valuePropName="checked">
        <Switch />
      </Form.Item>
    </>
  );
}
