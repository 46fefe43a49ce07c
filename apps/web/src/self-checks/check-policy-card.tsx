import type { CheckPolicy } from '@jiapian/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, InputNumber, Switch } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { Card } from '../ui/card.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { checkPolicyQuery, saveCheckPolicy } from './self-check-queries.ts';

const PERCENT = 100;

/** Whether this hospital wants self-checks, and what share of films a colleague sees. */
export function CheckPolicyCard() {
  const policy = useQuery(checkPolicyQuery);
  return policy.data ? <PolicyForm key={policy.data.version} policy={policy.data} /> : null;
}

function PolicyForm({ policy }: { policy: CheckPolicy }) {
  const { t } = useTranslation('self-checks');
  const client = useQueryClient();
  const { message } = App.useApp();
  const [isSelfCheckOn, setSelfCheckOn] = useState(policy.isSelfCheckOn);
  const [percent, setPercent] = useState(Math.round(policy.crossShare * PERCENT));
  const saving = useMutation({
    mutationFn: () => saveCheckPolicy({ isSelfCheckOn, crossShare: percent / PERCENT, basedOn: policy.version }),
    onSuccess: () => {
      void message.success(t('policy.saved'));
      void client.invalidateQueries({ queryKey: ['tasks'] });
    },
  });
  return (
    <Card title={t('policy.title')} remark={t('policy.remark')}>
      {saving.isError ? <ProblemNotice problem={asProblem(saving.error)} /> : null}
      <div className="check-policy">
        <label>
          <Switch checked={isSelfCheckOn} onChange={setSelfCheckOn} /> {t('policy.self')}
        </label>
        <label>
          <InputNumber
            min={0}
            max={PERCENT}
            precision={0}
            suffix="%"
            value={percent}
            onChange={(value) => setPercent(value ?? 0)}
          />{' '}
          {t('policy.share')}
        </label>
        <p className="hint">{t('policy.hint')}</p>
        <Button type="primary" loading={saving.isPending} onClick={() => saving.mutate()}>
          {t('policy.save')}
        </Button>
      </div>
    </Card>
  );
}
