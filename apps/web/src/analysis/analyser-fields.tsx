import type { Analyser } from '@jiapian/contract';
import { positionLibrary } from '@jiapian/rules';
import { Form, Input, InputNumber, Select, Switch } from 'antd';
import { useTranslation } from 'react-i18next';

export interface AnalyserForm {
  code: string;
  name: string;
  address: string;
  token?: string;
  modalities: string[];
  positionCodes: string[];
  timeoutSeconds: number;
  largestMegabytes: number;
  isEnabled: boolean;
}

export const newAnalyser: Partial<AnalyserForm> = {
  modalities: ['DX'],
  positionCodes: [],
  timeoutSeconds: 20,
  largestMegabytes: 64,
  isEnabled: false,
};

/** An untouched token stays as it is. */
export const analyserBody = (form: AnalyserForm, saved: Analyser | null, version?: number): Record<string, unknown> => {
  const { token, ...rest } = form;
  const basedOn = version ?? saved?.version;
  return {
    ...rest,
    code: saved?.code ?? form.code,
    ...(token ? { token } : {}),
    ...(basedOn === undefined ? {} : { version: basedOn }),
  };
};

const modalities = ['DX', 'CR', 'MG', 'CT', 'MR', 'RG', 'IO', 'PX'];
const isWebAddress = (value: unknown): boolean =>
  typeof value === 'string' && /^https?:\/\/[^\s/@?#]+/.test(value) && URL.canParse(value);

/** Where the program is, about what it is asked, and how long it is waited for. */
export function AnalyserFields({ isNew, hasToken }: { isNew: boolean; hasToken: boolean }) {
  const { t, i18n } = useTranslation('analysis');
  const needed = { required: true, whitespace: true, message: t('shell:fieldNeeded') };
  const language = i18n.language === 'en' ? 'en' : 'zh';
  return (
    <>
      <p className="hint">{t('analysers.what')}</p>
      <Form.Item name="name" label={t('analysers.name')} rules={[needed]}>
        <Input maxLength={100} />
      </Form.Item>
      {isNew ? (
        <Form.Item
          name="code"
          label={t('analysers.code')}
          extra={t('analysers.codeHint')}
          rules={[needed, { pattern: /^[a-z][a-z0-9-]{1,15}$/, message: t('analysers.codeRule') }]}
        >
          <Input className="mono" maxLength={16} />
        </Form.Item>
      ) : null}
      <Form.Item
        name="address"
        label={t('analysers.address')}
        extra={t('analysers.addressHint')}
        rules={[
          needed,
          {
            validator: (_rule, value) =>
              value === undefined || value === '' || isWebAddress(value)
                ? Promise.resolve()
                : Promise.reject(t('analysers.addressRule')),
          },
        ]}
      >
        <Input className="mono" maxLength={500} placeholder="http://10.0.0.8:9000/measure" />
      </Form.Item>
      <Form.Item
        name="token"
        label={t('analysers.token')}
        extra={t(hasToken ? 'analysers.tokenKept' : 'analysers.tokenHint')}
      >
        <Input.Password autoComplete="off" maxLength={500} />
      </Form.Item>
      <Form.Item name="modalities" label={t('analysers.modalities')} extra={t('analysers.emptyMeansAll')}>
        <Select mode="multiple" options={modalities.map((value) => ({ value, label: value }))} />
      </Form.Item>
      <Form.Item name="positionCodes" label={t('analysers.positions')} extra={t('analysers.emptyMeansAll')}>
        <Select
          mode="multiple"
          showSearch={{ optionFilterProp: 'label' }}
          options={positionLibrary.map(({ code, name }) => ({ value: code, label: `${code} ${name[language]}` }))}
        />
      </Form.Item>
      <div className="form-row">
        <Form.Item name="timeoutSeconds" label={t('analysers.timeout')}>
          <InputNumber min={1} max={120} suffix="s" style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name="largestMegabytes" label={t('analysers.largest')}>
          <InputNumber min={1} max={128} suffix="MB" style={{ width: '100%' }} />
        </Form.Item>
      </div>
      <Form.Item name="isEnabled" label={t('analysers.on')} valuePropName="checked" extra={t('analysers.onHint')}>
        <Switch />
      </Form.Item>
    </>
  );
}
