import type { Hl7MessageRow } from '@jiapian/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Drawer, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { useHospitalTime } from '../app/hospital-time.ts';
import { FactList } from '../ui/fact-list.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { markMessageSeen, messageContentQuery } from './order-queries.ts';

/** One message: why it was refused, and its text while that is kept. */
export function MessageDrawer({ message, onClose }: { message: Hl7MessageRow; onClose: () => void }) {
  const { t } = useTranslation(['orders', 'errors']);
  const time = useHospitalTime();
  const client = useQueryClient();
  const { message: toast } = App.useApp();
  const content = useQuery({ ...messageContentQuery(message.messageId), enabled: message.hasContent });
  const seeing = useMutation({
    mutationFn: () => markMessageSeen(message.messageId),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['exams', 'messages'] });
      onClose();
    },
    onError: (error) => void toast.error(t(`errors:${asProblem(error).code}`)),
  });
  const facts: readonly (readonly [string, string])[] = [
    [t('message.receivedAt'), time.full(message.receivedAt)],
    [t('message.from'), [message.sendingApplication, message.sendingFacility, message.remoteAddress].join(' · ')],
    [t('message.type'), message.messageType],
    [t('message.controlId'), message.controlId],
    [t('message.reason'), message.reason],
  ];
  return (
    <Drawer
      open
      onClose={onClose}
      size={760}
      title={t(`messageState.${message.state}`)}
      extra={
        message.hasContent ? (
          <Button type="primary" loading={seeing.isPending} onClick={() => seeing.mutate()}>
            {t('message.seen')}
          </Button>
        ) : null
      }
    >
      {message.reasonCode === '' ? null : (
        <p>{t(`errors:${message.reasonCode}`, { defaultValue: message.reasonCode })}</p>
      )}
      <FactList facts={facts} />
      {content.isError ? (
        <ProblemNotice problem={asProblem(content.error)} onRetry={() => void content.refetch()} />
      ) : null}
      {message.hasContent && content.isPending ? <Skeleton active /> : null}
      {content.data ? (
        <pre className="mono" style={{ overflow: 'auto', maxHeight: 420 }} tabIndex={0}>
          {content.data.text}
        </pre>
      ) : null}
      {message.hasContent ? null : <p className="secondary">{t('message.noContent')}</p>}
    </Drawer>
  );
}
