import type { MailSettings } from '@jiapian/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Checkbox, Form, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { Card } from '../ui/card.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { mailSettingsQuery, saveMailSettings, sendTestMail } from './mail-queries.ts';

/** The hospital's mail server; its password goes in and never comes out. */
export function MailServerCard() {
  const { t } = useTranslation('mail');
  const settings = useQuery(mailSettingsQuery);
  return (
    <Card title={t('server.title')} remark={t('server.remark')}>
      {settings.isError ? (
        <ProblemNotice problem={asProblem(settings.error)} onRetry={() => void settings.refetch()} />
      ) : null}
      {settings.data ? <ServerForm settings={settings.data} /> : null}
    </Card>
  );
}

type Values = Omit<MailSettings, 'hasPassword'> & { password?: string };

function ServerForm({ settings }: { settings: MailSettings }) {
  const { t } = useTranslation('mail');
  const client = useQueryClient();
  const { message } = App.useApp();
  const saving = useMutation({
    mutationFn: ({ password, ...server }: Values) => saveMailSettings(password ? { ...server, password } : server),
    onSuccess: () => {
      void message.success(t('saved'));
      return client.invalidateQueries({ queryKey: ['mail'] });
    },
  });
  const securities = (['starttls', 'tls', 'none'] as const).map((value) => ({
    value,
    label: t(`server.security_${value}`),
  }));
  return (
    <>
      {saving.isError ? <ProblemNotice problem={asProblem(saving.error)} /> : null}
      <Form<Values> layout="vertical" initialValues={settings} onFinish={(values) => saving.mutate(values)}>
        <Form.Item name="isOn" valuePropName="checked">
          <Checkbox>{t('server.isOn')}</Checkbox>
        </Form.Item>
        <div className="mail-fields">
          <Form.Item name="host" label={t('server.host')}>
            <Input placeholder="mail.hospital.local" />
          </Form.Item>
          <Form.Item name="port" label={t('server.port')} rules={[{ required: true }]}>
            <InputNumber min={1} max={65_535} style={{ width: '100%' }} />
          </Form.Item>
          <Form.Item name="security" label={t('server.security')}>
            <Select options={securities} />
          </Form.Item>
          <Form.Item name="hour" label={t('server.hour')} rules={[{ required: true }]}>
            <InputNumber min={0} max={23} style={{ width: '100%' }} />
          </Form.Item>
          <Form.Item name="username" label={t('server.username')}>
            <Input autoComplete="off" />
          </Form.Item>
          <Form.Item
            name="password"
            label={t('server.password')}
            extra={t(settings.hasPassword ? 'server.passwordKept' : 'server.passwordNone')}
          >
            <Input.Password autoComplete="new-password" />
          </Form.Item>
          <Form.Item
            name="fromAddress"
            label={t('server.from')}
            rules={[{ type: 'email', message: t('notAnAddress') }]}
          >
            <Input />
          </Form.Item>
          <Form.Item name="link" label={t('server.link')} rules={[{ type: 'url', message: t('notALink') }]}>
            <Input placeholder="http://jiapian.hospital.local:8080" />
          </Form.Item>
        </div>
        <Button type="primary" htmlType="submit" loading={saving.isPending}>
          {t('save')}
        </Button>
      </Form>
      <TestMail />
    </>
  );
}

function TestMail() {
  const { t } = useTranslation('mail');
  const { message } = App.useApp();
  const [to, setTo] = useState('');
  const testing = useMutation({
    mutationFn: () => sendTestMail(to),
    onSuccess: () => void message.success(t('test.sent')),
  });
  return (
    <div style={{ marginTop: 16, display: 'grid', gap: 8 }}>
      {testing.isError ? <ProblemNotice problem={asProblem(testing.error)} /> : null}
      <span style={{ display: 'flex', gap: 8 }}>
        <Input
          aria-label={t('test.to')}
          placeholder={t('test.to')}
          value={to}
          onChange={(e) => setTo(e.target.value)}
        />
        <Button disabled={!to.includes('@')} loading={testing.isPending} onClick={() => testing.mutate()}>
          {t('test.send')}
        </Button>
      </span>
    </div>
  );
}
