import type { CalculatorSettingsView } from '@jiapian/contract';
import { calculatorInputs } from '@jiapian/rules';
import { useQueryClient } from '@tanstack/react-query';
import { Form, InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';
import { FormDrawer } from '../ui/form-drawer.tsx';
import { calculatorsQuery, saveCalculators } from './protocol-queries.ts';

type Settings = Pick<CalculatorSettingsView, 'limits' | 'gridFactors'>;

/** The limits and grid factors of the calculators, as this hospital wants them. */
export function LimitsDrawer({ settings, onClose }: { settings: CalculatorSettingsView; onClose: () => void }) {
  const { t } = useTranslation('protocols');
  const client = useQueryClient();
  const needed = [{ required: true, message: t('shell:fieldNeeded') }];
  return (
    <FormDrawer<Settings>
      title={t('calculators.limits')}
      initial={{ limits: settings.limits, gridFactors: settings.gridFactors }}
      save={async (form) => {
        const saved = await saveCalculators(form);
        client.setQueryData(calculatorsQuery.queryKey, saved);
      }}
      onSaved={onClose}
      onClose={onClose}
    >
      {Object.entries(calculatorInputs).map(([input, unit]) => (
        <Form.Item key={input} label={`${t(`calculators.input.${input}`)} ${unit}`}>
          <div className="protocol-range-fields">
            {(['low', 'high'] as const).map((part) => (
              <Form.Item key={part} name={['limits', input, part]} rules={needed} noStyle>
                <InputNumber aria-label={`${t(`calculators.input.${input}`)} ${t(`table.${part}`)}`} />
              </Form.Item>
            ))}
          </div>
        </Form.Item>
      ))}
      {settings.gridFactors.map(({ ratio }, at) => (
        <Form.Item key={ratio} label={ratio === 0 ? t('calculators.noGrid') : t('calculators.factor', { ratio })}>
          <Form.Item name={['gridFactors', at, 'factor']} rules={needed} noStyle>
            <InputNumber min={1} max={50} />
          </Form.Item>
          <Form.Item name={['gridFactors', at, 'ratio']} hidden>
            <InputNumber />
          </Form.Item>
        </Form.Item>
      ))}
    </FormDrawer>
  );
}
