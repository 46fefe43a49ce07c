import { PlusOutlined } from '@ant-design/icons';
import type { FetchPlan } from '@jiapian/contract';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { useMay } from '../api/session.ts';
import { useHospitalTime } from '../app/hospital-time.ts';
import { useListEditor } from '../organization/use-list-editor.ts';
import { Card } from '../ui/card.tsx';
import { DataTable, type Column } from '../ui/data-table.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { FormDrawer } from '../ui/form-drawer.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { StateTag } from '../ui/state-tag.tsx';
import { FetchPlanFields } from './fetch-plan-fields.tsx';
import { fetchPlansQuery, savePlan, type PlanForm } from './fetch-queries.ts';

const newPlan = {
  kind: 'dimse',
  fromHour: 0,
  toHour: 24,
  examsPerHour: 20,
  samplePercent: 100,
  lookBackHours: 24,
  isEnabled: true,
} as const;

/** What is fetched for which device, when, and how much of it. */
export function FetchPlansCard() {
  const { t } = useTranslation('fetch');
  const may = useMay();
  const time = useHospitalTime();
  const isManaging = may('organization.manage');
  const plans = useQuery(fetchPlansQuery);
  const editor = useListEditor<FetchPlan>('intake');
  const columns: Column<FetchPlan>[] = [
    { key: 'device', title: t('plan.device'), render: (plan) => <strong>{plan.deviceName}</strong> },
    { key: 'source', title: t('plan.source'), render: (plan) => plan.aeTitle || plan.url },
    {
      key: 'hours',
      title: t('plan.hours'),
      render: (plan) => t('plan.hoursOf', { from: plan.fromHour, to: plan.toHour }),
    },
    {
      key: 'rate',
      title: t('plan.rate'),
      render: (plan) => t('plan.rateOf', { exams: plan.examsPerHour, percent: plan.samplePercent }),
    },
    {
      key: 'counts',
      title: t('plan.counts'),
      render: (plan) => t('plan.countsOf', plan.counts),
    },
    {
      key: 'state',
      title: t('plan.state'),
      render: (plan) =>
        !plan.isEnabled ? (
          <StateTag tone="plain">{t('plan.off')}</StateTag>
        ) : plan.lastAnswer !== '' ? (
          <span title={plan.lastAnswer}>
            <StateTag tone="bad">{t('plan.noAnswer')}</StateTag> <span className="hint">{plan.lastAnswer}</span>
          </span>
        ) : plan.lastLookAt === null ? (
          <StateTag tone="plain">{t('plan.notYet')}</StateTag>
        ) : (
          <StateTag tone="good">{t('plan.lookedAt', { at: time.brief(plan.lastLookAt) })}</StateTag>
        ),
    },
  ];
  return (
    <Card
      title={t('plan.title')}
      remark={t('plan.text')}
      isFlush
      actions={
        isManaging ? (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => editor.open('new')}>
            {t('plan.add')}
          </Button>
        ) : null
      }
    >
      {plans.isError ? <ProblemNotice problem={asProblem(plans.error)} onRetry={() => void plans.refetch()} /> : null}
      <DataTable
        file="fetch-plans"
        label={t('plan.title')}
        rows={plans.data ?? []}
        columns={columns}
        rowKey={(plan) => plan.deviceId}
        onOpen={isManaging ? (plan) => editor.open(plan) : undefined}
        isLoading={plans.isPending}
        empty={plans.isError ? null : <EmptyState title={t('plan.empty')} text={t('plan.emptyText')} />}
      />
      {editor.isOpen ? (
        <FormDrawer<PlanForm>
          title={t(editor.row ? 'plan.change' : 'plan.add')}
          initial={editor.row ?? newPlan}
          save={(form) => savePlan({ ...form, version: editor.row?.version })}
          onSaved={editor.saved}
          onClose={editor.close}
        >
          <FetchPlanFields isNew={editor.row === null} />
        </FormDrawer>
      ) : null}
    </Card>
  );
}
