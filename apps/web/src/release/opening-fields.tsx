import type { HoldPolicyContent } from '@jiapian/contract';
import { Checkbox, InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';

/** When somebody else is called, and when the gate opens by itself. */
export function OpeningFields(props: {
  readonly content: HoldPolicyContent;
  readonly isManaging: boolean;
  readonly onChange: (content: HoldPolicyContent) => void;
}) {
  const { t } = useTranslation('release');
  const { content, isManaging } = props;
  const { opening } = content;
  const open = (change: Partial<typeof opening>): void =>
    props.onChange({ ...content, opening: { ...opening, ...change } });
  const numbers = [
    [
      'escalate',
      content.escalateMinutes,
      0,
      120,
      (value: number | null) => props.onChange({ ...content, escalateMinutes: value ?? 0 }),
    ],
    ['absent', opening.absentMinutes, 5, 1440, (value: number | null) => open({ absentMinutes: value })],
    ['heldMax', opening.heldMax, 1, 10_000, (value: number | null) => open({ heldMax: value })],
    ['atLeastMinutes', opening.atLeastMinutes, 1, 240, (value: number | null) => open({ atLeastMinutes: value ?? 1 })],
  ] as const;
  return (
    <div className="policy-opening">
      <h3>{t('policy.opening')}</h3>
      {numbers.map(([name, value, min, max, change]) => (
        <label key={name}>
          {t(`policy.${name}`)}
          <InputNumber min={min} max={max} value={value} disabled={!isManaging} onChange={change} />
        </label>
      ))}
      <Checkbox
        checked={opening.whenDegraded}
        disabled={!isManaging}
        onChange={(event) => open({ whenDegraded: event.target.checked })}
      >
        {t('policy.degraded')}
      </Checkbox>
    </div>
  );
}
