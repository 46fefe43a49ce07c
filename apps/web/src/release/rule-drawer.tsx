import type { HoldPolicyContent } from '@jiapian/contract';
import { useQuery } from '@tanstack/react-query';
import { Form, Input, InputNumber, Select, TimePicker } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';
import { FormDrawer } from '../ui/form-drawer.tsx';
import { deviceStreamsQuery } from './release-queries.ts';

export type HoldRule = HoldPolicyContent['rules'][number];
interface RuleForm extends Omit<HoldRule, 'fromMinute' | 'toMinute'> {
  hours: [Dayjs, Dayjs] | null;
}

const modes = ['until-graded', 'until-clear', 'review-afterwards', 'sampled'] as const;
const settings = ['unknown', 'outpatient', 'inpatient', 'emergency'] as const;
const weekdays = [1, 2, 3, 4, 5, 6, 7];
const modalities = ['DX', 'CR', 'MG', 'CT', 'MR', 'XA', 'RF', 'US', 'PX', 'IO'];
const MINUTES_PER_HOUR = 60;

const timeOf = (minute: number): Dayjs => dayjs().startOf('day').add(minute, 'minute');
const minuteOf = (time: Dayjs): number => time.hour() * MINUTES_PER_HOUR + time.minute();

const formOf = (rule: HoldRule | null): RuleForm => {
  const { fromMinute, toMinute, ...rest } = rule ?? emptyRule;
  return { ...rest, hours: fromMinute === null || toMinute === null ? null : [timeOf(fromMinute), timeOf(toMinute)] };
};

const emptyRule: HoldRule = {
  name: '',
  mode: 'until-graded',
  holdMinutes: null,
  samplePercent: null,
  modalities: [],
  deviceIds: [],
  positionCodes: [],
  patientSettings: [],
  weekdays: [],
  fromMinute: null,
  toMinute: null,
  reviewersAtLeast: null,
  reviewersAtMost: null,
};

/** One rule: what it asks of an exam, and what becomes of the exams it fits. */
export function RuleDrawer(props: {
  readonly rule: HoldRule | null;
  readonly onSave: (rule: HoldRule) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('release');
  return (
    <FormDrawer<RuleForm>
      title={t(props.rule ? 'policy.edit' : 'policy.add')}
      initial={formOf(props.rule)}
      save={async ({ hours, ...rule }) =>
        props.onSave({
          ...emptyRule,
          ...rule,
          samplePercent: rule.mode === 'sampled' ? (rule.samplePercent ?? 0) : null,
          fromMinute: hours ? minuteOf(hours[0]) : null,
          toMinute: hours ? minuteOf(hours[1]) : null,
        })
      }
      onSaved={() => undefined}
      onClose={props.onClose}
    >
      <Fields />
    </FormDrawer>
  );
}

function Fields() {
  const { t } = useTranslation('release');
  const devices = useQuery(deviceStreamsQuery);
  const mode: unknown = Form.useWatch('mode');
  const needed = { required: true, message: t('shell:fieldNeeded') };
  const many = (options: { value: string | number; label: string }[]) => (
    <Select mode="multiple" optionFilterProp="label" options={options} placeholder={t('policy.any')} />
  );
  return (
    <>
      <Form.Item name="name" label={t('policy.name')} rules={[{ ...needed, whitespace: true }]}>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name="mode" label={t('policy.mode.label')}>
        <Select options={modes.map((value) => ({ value, label: t(`policy.mode.${value}`) }))} />
      </Form.Item>
      {mode === 'sampled' ? (
        <Form.Item name="samplePercent" label={t('policy.percent')} rules={[needed]}>
          <InputNumber min={0} max={100} />
        </Form.Item>
      ) : null}
      {mode === 'review-afterwards' ? null : (
        <Form.Item name="holdMinutes" label={t('policy.minutes')} extra={t('policy.minutesHint')}>
          <InputNumber min={1} max={1440} />
        </Form.Item>
      )}
      <Form.Item name="modalities" label={t('policy.modalities')}>
        {many(modalities.map((value) => ({ value, label: value })))}
      </Form.Item>
      <Form.Item name="deviceIds" label={t('policy.devices')}>
        {many((devices.data ?? []).map((device) => ({ value: device.deviceId, label: device.deviceName })))}
      </Form.Item>
      <Form.Item name="positionCodes" label={t('policy.positions')}>
        <Select mode="tags" placeholder={t('policy.any')} />
      </Form.Item>
      <Form.Item name="patientSettings" label={t('policy.patients')}>
        {many(settings.map((value) => ({ value, label: t(`policy.patient.${value}`) })))}
      </Form.Item>
      <Form.Item name="weekdays" label={t('policy.weekdays')}>
        {many(weekdays.map((value) => ({ value, label: t(`policy.weekday.${value}`) })))}
      </Form.Item>
      <Form.Item name="hours" label={t('policy.hours')}>
        <TimePicker.RangePicker format="HH:mm" order={false} />
      </Form.Item>
      <div className="form-row">
        <Form.Item name="reviewersAtLeast" label={t('policy.atLeast')}>
          <InputNumber min={0} max={100} />
        </Form.Item>
        <Form.Item name="reviewersAtMost" label={t('policy.atMost')}>
          <InputNumber min={0} max={100} />
        </Form.Item>
      </div>
    </>
  );
}
