import { sessionSchema } from '@jiapian/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { request } from '../api/client.ts';
import { sessionQuery } from '../api/session.ts';
import { LocaleSwitch } from '../app/locale-switch.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';

const route = getRouteApi('/sign-in');
interface Credentials {
  username: string;
  password: string;
}

export function SignInPage() {
  const { t } = useTranslation('access');
  const { next } = route.useSearch();
  const client = useQueryClient();
  const router = useRouter();
  const signIn = useMutation({
    mutationFn: (body: Credentials) => request(sessionSchema, 'POST', '/session', { body }),
    onSuccess: (session) => {
      client.setQueryData(sessionQuery.queryKey, session);
      // Only an address of this site: never follow a foreign one out of the sign-in page.
      router.history.push(next?.startsWith('/') && !next.startsWith('//') ? next : '/');
    },
  });
  return (
    <main style={{ maxWidth: 360, margin: '12vh auto 0', padding: 16 }}>
      <div className="card" style={{ padding: 24 }}>
        <div style={{ display: 'flex', alignItems: 'center', gap: 12, marginBottom: 16 }}>
          <img src="/mark.svg" alt="" width={32} height={32} />
          <h1 style={{ fontSize: 20, fontWeight: 700, margin: 0 }}>{t('signIn.title')}</h1>
          <span className="spacer" />
          <LocaleSwitch />
        </div>
        <Form<Credentials> layout="vertical" requiredMark={false} onFinish={(values) => signIn.mutate(values)}>
          <Form.Item
            name="username"
            label={t('signIn.username')}
            rules={[{ required: true, message: t('signIn.needed') }]}
          >
            <Input autoFocus autoComplete="username" />
          </Form.Item>
          <Form.Item
            name="password"
            label={t('signIn.password')}
            rules={[{ required: true, message: t('signIn.needed') }]}
          >
            <Input.Password autoComplete="current-password" />
          </Form.Item>
          {signIn.isError ? <ProblemNotice problem={asProblem(signIn.error)} /> : null}
          <Button type="primary" htmlType="submit" block loading={signIn.isPending}>
            {t('signIn.submit')}
          </Button>
        </Form>
        <p className="hint" style={{ margin: '16px 0 0' }}>
          {t('signIn.forgotten')}
        </p>
      </div>
    </main>
  );
}
