import type { HoldPolicyContent } from '@jiapian/contract';
import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { substitutesQuery } from './release-queries.ts';

/** As many as a policy may name. */
const MOST = 20;

/** Who is called before a hold ends unread, in the order in which they were chosen. */
export function SubstitutesField(props: {
  readonly content: HoldPolicyContent;
  readonly isManaging: boolean;
  readonly onChange: (content: HoldPolicyContent) => void;
}) {
  const { t } = useTranslation('release');
  const people = useQuery(substitutesQuery);
  if (people.isError) return <ProblemNotice problem={asProblem(people.error)} onRetry={() => void people.refetch()} />;
  return (
    <div className="policy-substitutes">
      <h3 id="substitutes">{t('policy.substitutes.title')}</h3>
      <Select
        mode="multiple"
        aria-labelledby="substitutes"
        optionFilterProp="label"
        maxCount={MOST}
        loading={people.isPending}
        disabled={!props.isManaging}
        value={props.content.substitutes}
        placeholder={t('policy.substitutes.everyone')}
        notFoundContent={t('policy.substitutes.nobody')}
        options={(people.data?.items ?? []).map(({ accountId, displayName, isActive }) => ({
          value: accountId,
          label: isActive ? displayName : `${displayName} (${t('policy.substitutes.closed')})`,
        }))}
        onChange={(substitutes) => props.onChange({ ...props.content, substitutes })}
      />
      <span className="hint">{t('policy.substitutes.hint')}</span>
    </div>
  );
}
