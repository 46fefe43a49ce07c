import { useQuery } from '@tanstack/react-query';
import { Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { FormDrawer } from '../ui/form-drawer.tsx';
import { saveSupervision, staffQuery, type Supervision } from './organization-queries.ts';

interface Values {
  readonly traineeStaffId: string;
  readonly supervisorStaffId: string;
  readonly fromDay: string;
  /** Empty while the supervision goes on. */
  readonly toDay?: string;
}

/** Who supervises whom and for how long; trainee and first day of a supervision stay as they are. */
export function SupervisionDrawer(props: {
  readonly row: Supervision | null;
  readonly today: string;
  readonly onSaved: () => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation(['organization', 'shell']);
  const staff = useQuery(staffQuery);
  const { row } = props;
  const people = (staff.data ?? [])
    .filter(
      ({ isActive, staffId }) => isActive || staffId === row?.supervisorStaffId || staffId === row?.traineeStaffId,
    )
    .map((person) => ({
      value: person.staffId,
      label: `${person.name} · ${person.staffNumber}`,
      search: `${person.name} ${person.staffNumber} ${person.namePinyin}`,
    }));
  const needed = { required: true, message: t('shell:fieldNeeded') };
  const initial = row ? { ...row, toDay: row.toDay ?? '' } : { fromDay: props.today, toDay: '' };
  return (
    <FormDrawer<Values>
      title={t(row ? 'supervision.changeTitle' : 'supervision.add')}
      initial={initial}
      save={({ toDay, ...values }) => saveSupervision({ ...values, toDay: toDay ? toDay : null })}
      onSaved={props.onSaved}
      onClose={props.onClose}
    >
      <Form.Item name="traineeStaffId" label={t('supervision.trainee')} rules={[needed]}>
        <Select options={people} disabled={row !== null} showSearch={{ optionFilterProp: 'search' }} />
      </Form.Item>
      <Form.Item
        name="supervisorStaffId"
        label={t('supervision.supervisor')}
        dependencies={['traineeStaffId']}
        rules={[
          needed,
          ({ getFieldValue }) => ({
            validator: (_rule, value: string) =>
              value !== undefined && value === getFieldValue('traineeStaffId')
                ? Promise.reject(t('supervision.same'))
                : Promise.resolve(),
          }),
        ]}
      >
        <Select options={people} showSearch={{ optionFilterProp: 'search' }} />
      </Form.Item>
      <Form.Item name="fromDay" label={t('supervision.from')} rules={[needed]}>
        <Input type="date" disabled={row !== null} />
      </Form.Item>
      <Form.Item
        name="toDay"
        label={t('supervision.to')}
        extra={t('supervision.untilHint')}
        dependencies={['fromDay']}
        rules={[
          ({ getFieldValue }) => ({
            validator: (_rule, value: string) =>
              value && value < String(getFieldValue('fromDay'))
                ? Promise.reject(t('supervision.order'))
                : Promise.resolve(),
          }),
        ]}
      >
        <Input type="date" />
      </Form.Item>
    </FormDrawer>
  );
}
