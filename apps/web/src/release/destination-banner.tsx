import { ApiOutlined, CloseCircleOutlined, ReloadOutlined } from '@ant-design/icons';
import type { ReleaseOverview } from '@jiapian/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { useMay } from '../api/session.ts';
import { useHospitalTime } from '../app/hospital-time.ts';
import { retryForwards } from './release-queries.ts';
import { useAnswerWords } from './use-answer-words.ts';
import { useEcho } from './use-echo.ts';

/** A PACS that does not take anything: what it said, what is safe, when it is tried again, what can be done now. */
export function DestinationBanner({ destination }: { destination: ReleaseOverview['destinations'][number] }) {
  const { t } = useTranslation(['release', 'errors']);
  const may = useMay();
  const time = useHospitalTime();
  const client = useQueryClient();
  const { message } = App.useApp();
  const echo = useEcho();
  const wordsOf = useAnswerWords();
  const { destinationId } = destination;
  const retrying = useMutation({
    mutationFn: () => retryForwards({ destinationId }),
    onSuccess: ({ queued }) => {
      void message.success(t('banner.queued', { count: queued }));
      void client.invalidateQueries({ queryKey: ['release'] });
    },
    onError: (error) => void message.error(t(`errors:${asProblem(error).code}`)),
  });
  return (
    <div className="down-banner" role="alert">
      <CloseCircleOutlined />
      <strong>{t('banner.title', { name: destination.name })}</strong>
      {destination.lastAnswer ? <span>{t('banner.answer', { answer: wordsOf(destination.lastAnswer) })}</span> : null}
      <span className="secondary">
        {t('banner.safe', { count: destination.waiting })}
        {destination.nextAttemptAt ? t('banner.next', { time: time.second(destination.nextAttemptAt) }) : null}
      </span>
      <span className="spacer" />
      {may('release.operate') ? (
        <span className="badge-row">
          <Button icon={<ApiOutlined />} loading={echo.isPending} onClick={() => echo.mutate(destinationId)}>
            {t('echo.button')}
          </Button>
          <Button
            type="primary"
            danger
            icon={<ReloadOutlined />}
            loading={retrying.isPending}
            onClick={() => retrying.mutate()}
          >
            {t('banner.retry')}
          </Button>
        </span>
      ) : null}
    </div>
  );
}
