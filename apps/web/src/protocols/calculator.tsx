import type { Result } from '@jiapian/kernel';
import {
  calculatorInputs,
  calculatorSources,
  sources,
  type CalculatorRefusal,
  type CalculatorSettings,
} from '@jiapian/rules';
import { Form, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { shortFigure } from '../analysis/figure-words.ts';
import { Card } from '../ui/card.tsx';

/** One calculator: its inputs with their limits, the formula, the answer or why there is none. */
export function Calculator<Input extends string, Value>(props: {
  readonly name: 'kv' | 'distance' | 'grid' | 'output' | 'contrast';
  readonly settings: CalculatorSettings;
  readonly inputs: Readonly<Record<Input, number>>;
  /** Which limits an input has. */
  readonly limitOf: Readonly<Partial<Record<Input, string>>>;
  /** Inputs that are chosen from a list. */
  readonly choices?: Readonly<Partial<Record<Input, readonly number[]>>>;
  readonly compute: (given: Record<Input, number>) => Result<Value, CalculatorRefusal>;
  readonly show: (value: Value) => readonly string[];
}) {
  const { t, i18n } = useTranslation('protocols');
  const { name, settings } = props;
  const [given, setGiven] = useState<Record<Input, number | null>>({ ...props.inputs });
  const names = Object.keys(props.inputs) as Input[];
  const isComplete = names.every((input) => given[input] !== null);
  const answer = isComplete ? props.compute(given as Record<Input, number>) : null;
  const set = (input: Input, value: number | null): void => setGiven((before) => ({ ...before, [input]: value }));
  return (
    <Card title={t(`calculators.${name}.title`)} className={`protocol-calculator protocol-calculator-${name}`}>
      <p className="protocol-formula">{t(`calculators.${name}.formula`)}</p>
      <Form layout="vertical">
        <div className="protocol-inputs">
          {names.map((input) => {
            const limitName = props.limitOf[input];
            const limit = limitName === undefined ? undefined : settings.limits[limitName];
            const choices = props.choices?.[input];
            const label = t(`calculators.${name}.${input}`);
            return (
              <Form.Item
                key={input}
                label={label}
                extra={limit ? `${limit.low}–${limit.high} ${calculatorInputs[limitName ?? ''] ?? ''}` : undefined}
              >
                {choices ? (
                  <Select
                    aria-label={label}
                    value={given[input]}
                    onChange={(value) => set(input, value)}
                    options={choices.map((value) => ({
                      value,
                      label: value === 0 ? t('calculators.noGrid') : `${value}:1`,
                    }))}
                  />
                ) : (
                  <InputNumber<number>
                    aria-label={label}
                    value={given[input]}
                    onChange={(value) => set(input, value)}
                  />
                )}
              </Form.Item>
            );
          })}
        </div>
      </Form>
      <output className="protocol-answer" aria-live="polite">
        {answer === null ? (
          <span className="hint">{t('calculators.incomplete')}</span>
        ) : answer.ok ? (
          props.show(answer.value).map((text, at) => (
            <span key={at}>
              <span className="hint">{t(`calculators.${name}.result${at === 0 ? '' : at + 1}`)}</span>{' '}
              <strong>{text}</strong>
            </span>
          ))
        ) : (
          <Refusal reason={answer.reason} />
        )}
      </output>
      <p className="hint">
        {t('calculators.source')}{' '}
        {calculatorSources[name].source
          .split(', ')
          .map((key) => sources[key]?.[i18n.language === 'en' ? 'en' : 'zh'] ?? key)
          .join(' · ')}
      </p>
    </Card>
  );
}

function Refusal({ reason }: { reason: CalculatorRefusal }) {
  const { t } = useTranslation('protocols');
  const { input, low, high, value } = reason;
  return (
    <span className="protocol-refused" role="alert">
      {t('calculators.refused', {
        name: t(`calculators.input.${input}`),
        value: Number.isFinite(value) ? shortFigure(value) : '—',
        low,
        high,
        unit: calculatorInputs[input] ?? '',
      })}
    </span>
  );
}
