import type { CurrentPolicy, ReviewPolicyContent } from '@jiapian/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { useMay } from '../api/session.ts';
import { useHospitalTime } from '../app/hospital-time.ts';
import { Card } from '../ui/card.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { DrawPanel } from './draw-panel.tsx';
import { PlanForm } from './plan-form.tsx';
import './plan-page.css';
import { SampleSizeHelper } from './sample-size.tsx';
import { policyQuery, savePolicy } from './task-queries.ts';

/** What is reviewed, who reads twice, how long an appeal is open; and the draws made by it. */
export function PlanPage() {
  const { t } = useTranslation('tasks');
  const policy = useQuery(policyQuery);
  return (
    <>
      <PageHead title={t('plan.title')}>
        <span className="secondary">{t('plan.remark')}</span>
      </PageHead>
      {policy.isError ? (
        <ProblemNotice problem={asProblem(policy.error)} onRetry={() => void policy.refetch()} />
      ) : null}
      {policy.isPending ? <Skeleton active /> : null}
      {policy.data ? (
        <div className="plan-columns">
          <PolicyCard key={policy.data.version} policy={policy.data} />
          <div className="plan-side">
            <DrawPanel isSampling={policy.data.content.sampling.scope === 'sample'} />
            <SampleSizeHelper />
          </div>
        </div>
      ) : null}
    </>
  );
}

function PolicyCard({ policy }: { policy: CurrentPolicy }) {
  const { t } = useTranslation(['tasks', 'errors']);
  const may = useMay();
  const time = useHospitalTime();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [content, setContent] = useState<ReviewPolicyContent>(policy.content);
  const isChanged = JSON.stringify(content) !== JSON.stringify(policy.content);
  const save = useMutation({
    mutationFn: () => savePolicy({ content, basedOn: policy.version }),
    onSuccess: (saved) => {
      client.setQueryData(policyQuery.queryKey, saved);
      void message.success(t('plan.saved', { version: saved.version }));
    },
    onError: (error) => {
      void message.error(t(`errors:${asProblem(error).code}`));
      void client.invalidateQueries({ queryKey: policyQuery.queryKey });
    },
  });
  return (
    <Card
      title={t('plan.policy')}
      remark={t('plan.version', {
        version: policy.version,
        time: time.full(policy.effectiveFrom),
        who: policy.changedBy ?? t('plan.default'),
      })}
      actions={
        may('review.plan') ? (
          <Button type="primary" disabled={!isChanged} loading={save.isPending} onClick={() => save.mutate()}>
            {t('plan.save')}
          </Button>
        ) : null
      }
    >
      <PlanForm content={content} isReadOnly={!may('review.plan')} onChange={setContent} />
    </Card>
  );
}
