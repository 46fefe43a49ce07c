import type { ReviewPolicyContent } from '@jiapian/contract';
import { Checkbox, InputNumber, Radio, Switch } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

type Sampling = ReviewPolicyContent['sampling'];
const strata = ['technologist', 'device', 'position', 'shift'] as const;
const percentMax = 100;
const leastMax = 1000;
const daysMax = 400;
const defaultUnreviewedDays = 30;

/** The policy as a form; every number is the hospital's. */
export function PlanForm(props: {
  readonly content: ReviewPolicyContent;
  readonly isReadOnly: boolean;
  readonly onChange: (content: ReviewPolicyContent) => void;
}) {
  const { t } = useTranslation('tasks');
  const { content, isReadOnly } = props;
  const change = (part: Partial<ReviewPolicyContent>): void => props.onChange({ ...content, ...part });
  const sampling = (part: Partial<Sampling>): void => change({ sampling: { ...content.sampling, ...part } });
  const plan = content.sampling;
  const isSample = plan.scope === 'sample';
  return (
    <fieldset disabled={isReadOnly} className="plan-form">
      <h3>{t('plan.sampling')}</h3>
      <Radio.Group
        value={plan.scope}
        disabled={isReadOnly}
        onChange={(event) => sampling({ scope: event.target.value as Sampling['scope'] })}
      >
        <Radio value="all">{t('plan.all')}</Radio>
        <Radio value="sample">{t('plan.sample')}</Radio>
      </Radio.Group>
      {isSample ? (
        <>
          <p className="hint">{t('plan.sampleHint')}</p>
          <Percent label={t('plan.share')} value={plan.share} onChange={(share) => sampling({ share })} />
          <Count
            label={t('plan.atLeast')}
            value={plan.atLeast}
            max={leastMax}
            onChange={(atLeast) => sampling({ atLeast })}
          />
          <Line label={t('plan.stratifyBy')}>
            <Checkbox.Group
              value={plan.stratifyBy}
              options={strata.map((value) => ({ value, label: t(`plan.stratum.${value}`) }))}
              onChange={(stratifyBy) => sampling({ stratifyBy })}
            />
          </Line>
          <Toggle
            label={t('plan.everyEmergency')}
            value={plan.everyEmergency}
            onChange={(everyEmergency) => sampling({ everyEmergency })}
          />
          <Toggle
            label={t('plan.everyWithFinding')}
            value={plan.everyWithFinding}
            onChange={(everyWithFinding) => sampling({ everyWithFinding })}
          />
          <Toggle
            label={t('plan.notReviewed')}
            value={plan.notReviewedForDays !== null}
            onChange={(isOn) => sampling({ notReviewedForDays: isOn ? defaultUnreviewedDays : null })}
          />
          {plan.notReviewedForDays === null ? null : (
            <Count
              label={t('plan.notReviewedDays')}
              value={plan.notReviewedForDays}
              min={1}
              max={daysMax}
              onChange={(notReviewedForDays) => sampling({ notReviewedForDays })}
            />
          )}
        </>
      ) : null}
      <h3>{t('plan.double')}</h3>
      <Percent
        label={t('plan.secondShare')}
        value={content.doubleReading.secondShare}
        onChange={(secondShare) => change({ doubleReading: { ...content.doubleReading, secondShare } })}
      />
      <Percent
        label={t('plan.repeatShare')}
        value={content.doubleReading.repeatShare}
        onChange={(repeatShare) => change({ doubleReading: { ...content.doubleReading, repeatShare } })}
      />
      <Count
        label={t('plan.gradeSteps')}
        value={content.arbitration.gradeSteps}
        min={1}
        max={3}
        onChange={(gradeSteps) => change({ arbitration: { ...content.arbitration, gradeSteps } })}
      />
      <Count
        label={t('plan.points')}
        value={content.arbitration.points}
        max={percentMax}
        onChange={(points) => change({ arbitration: { ...content.arbitration, points } })}
      />
      <h3>{t('plan.rights')}</h3>
      <Count
        label={t('plan.appealWindow')}
        value={content.appealWindowDays}
        min={1}
        max={90}
        onChange={(appealWindowDays) => change({ appealWindowDays })}
      />
      <Count
        label={t('plan.minimumCount')}
        value={content.minimumCount}
        min={5}
        max={leastMax}
        onChange={(minimumCount) => change({ minimumCount })}
      />
      <Toggle
        label={t('plan.bulk')}
        value={content.isBulkAllowed}
        onChange={(isBulkAllowed) => change({ isBulkAllowed })}
      />
      <Line label={t('plan.rollUp')}>
        <Radio.Group
          value={content.rollUp}
          onChange={(event) => change({ rollUp: event.target.value as ReviewPolicyContent['rollUp'] })}
        >
          <Radio value="worst">{t('plan.worst')}</Radio>
          <Radio value="weighted">{t('plan.weighted')}</Radio>
        </Radio.Group>
      </Line>
    </fieldset>
  );
}

function Line({ label, children }: { label: string; children: ReactNode }) {
  return (
    <label className="plan-line">
      <span>{label}</span>
      {children}
    </label>
  );
}

function Percent(props: { label: string; value: number; onChange: (value: number) => void }) {
  return (
    <Line label={props.label}>
      <InputNumber
        min={0}
        max={percentMax}
        suffix="%"
        value={Math.round(props.value * 1000) / 10}
        onChange={(value) => props.onChange((value ?? 0) / percentMax)}
      />
    </Line>
  );
}

function Count(props: { label: string; value: number; min?: number; max: number; onChange: (value: number) => void }) {
  const { min = 0 } = props;
  return (
    <Line label={props.label}>
      <InputNumber
        min={min}
        max={props.max}
        precision={0}
        value={props.value}
        onChange={(value) => props.onChange(value ?? min)}
      />
    </Line>
  );
}

function Toggle(props: { label: string; value: boolean; onChange: (value: boolean) => void }) {
  return (
    <Line label={props.label}>
      <Switch checked={props.value} onChange={props.onChange} />
    </Line>
  );
}
