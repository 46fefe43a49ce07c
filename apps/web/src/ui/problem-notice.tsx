import { Alert, Button, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ApiProblem } from '../api/api-problem.ts';

/** What failed and what to do, one action, and the number to quote when asking for help. */
export function ProblemNotice({ problem, onRetry }: { problem: ApiProblem; onRetry?: (() => void) | undefined }) {
  const { t } = useTranslation(['errors', 'shell']);
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      style={{ marginBottom: 12 }}
      title={t(`errors:${problem.code}`, { ...problem.facts })}
      description={
        problem.requestId === '' ? undefined : (
          <span className="hint">
            {t('shell:problem.request')}{' '}
            <Typography.Text copyable={{ tooltips: [t('shell:copy'), t('shell:copied')] }}>
              {problem.requestId}
            </Typography.Text>
          </span>
        )
      }
      action={onRetry ? <Button onClick={onRetry}>{t('shell:problem.retry')}</Button> : undefined}
    />
  );
}
