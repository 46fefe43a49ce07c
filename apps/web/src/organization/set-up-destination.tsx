import { ApiOutlined } from '@ant-design/icons';
import { destinationSchema } from '@jiapian/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Form } from 'antd';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { request } from '../api/client.ts';
import { destinationBody, DestinationFields, type DestinationForm } from '../release/destination-fields.tsx';
import { useAnswerWords } from '../release/use-answer-words.ts';
import { useEcho } from '../release/use-echo.ts';
import { ProblemNotice } from '../ui/problem-notice.tsx';

/** The first PACS, tried at once. */
export function SetUpDestination({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation(['organization', 'release']);
  const client = useQueryClient();
  const echo = useEcho();
  const wordsOf = useAnswerWords();
  const saving = useMutation({
    mutationFn: (form: DestinationForm) =>
      request(destinationSchema, 'POST', '/destinations', { body: destinationBody(form) }),
    onSuccess: (saved) => {
      void client.invalidateQueries({ queryKey: ['release'] });
      echo.mutate(saved.destinationId);
    },
  });
  if (saving.data) {
    const { destinationId, name } = saving.data;
    return (
      <>
        {echo.data ? (
          <Alert
            type={echo.data.isReachable ? 'success' : 'warning'}
            showIcon
            title={t(echo.data.isReachable ? 'release:echo.reachable' : 'release:echo.unreachable', {
              answer: wordsOf(echo.data.answer),
              milliseconds: echo.data.milliseconds,
            })}
            description={echo.data.isReachable ? undefined : t('setUp.destination.unreachable', { name })}
          />
        ) : null}
        {echo.isError ? <ProblemNotice problem={asProblem(echo.error)} /> : null}
        <div className="set-up-foot">
          <Button icon={<ApiOutlined />} loading={echo.isPending} onClick={() => echo.mutate(destinationId)}>
            {t('release:echo.button')}
          </Button>
          <Button type="primary" onClick={onDone}>
            {t('setUp.next')}
          </Button>
        </div>
      </>
    );
  }
  return (
    <Form<DestinationForm>
      layout="vertical"
      initialValues={{ kind: 'dimse', isEnabled: true, port: 104 }}
      onFinish={(form) => saving.mutate(form)}
    >
      {saving.isError ? <ProblemNotice problem={asProblem(saving.error)} /> : null}
      <DestinationFields />
      <div className="set-up-foot">
        <Button onClick={onDone}>{t('setUp.skip')}</Button>
        <Button type="primary" htmlType="submit" loading={saving.isPending}>
          {t('setUp.destination.saveAndTest')}
        </Button>
      </div>
    </Form>
  );
}
