import type { OwnMail } from '@jiapian/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Checkbox, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { Card } from '../ui/card.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { ownMailQuery, saveOwnMail } from './mail-queries.ts';

/** Where one's own notices go. */
export function OwnMailCard() {
  const { t } = useTranslation('mail');
  const own = useQuery(ownMailQuery);
  return (
    <Card title={t('own.title')} remark={t('own.remark')}>
      {own.isError ? <ProblemNotice problem={asProblem(own.error)} onRetry={() => void own.refetch()} /> : null}
      {own.data ? <OwnForm own={own.data} /> : null}
    </Card>
  );
}

function OwnForm({ own }: { own: OwnMail }) {
  const { t } = useTranslation('mail');
  const client = useQueryClient();
  const { message } = App.useApp();
  const saving = useMutation({
    mutationFn: saveOwnMail,
    onSuccess: () => {
      void message.success(t('saved'));
      return client.invalidateQueries({ queryKey: ['mail'] });
    },
  });
  return (
    <>
      {own.isOn ? null : <Alert type="info" title={t('own.off')} style={{ marginBottom: 12 }} />}
      {saving.isError ? <ProblemNotice problem={asProblem(saving.error)} /> : null}
      <Form<{ address?: string; isWanted: boolean }>
        layout="vertical"
        initialValues={own}
        onFinish={({ address, isWanted }) => saving.mutate({ address: address ?? '', isWanted })}
      >
        <Form.Item
          name="address"
          label={t('own.address')}
          rules={[{ type: 'email', message: t('notAnAddress') }]}
          extra={t('own.hint')}
        >
          <Input autoComplete="email" />
        </Form.Item>
        <Form.Item name="isWanted" valuePropName="checked">
          <Checkbox>{t('own.wanted')}</Checkbox>
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={saving.isPending}>
          {t('save')}
        </Button>
      </Form>
    </>
  );
}
