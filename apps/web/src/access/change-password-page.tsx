import { sessionSchema } from '@jiapian/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { request } from '../api/client.ts';
import { sessionQuery, useSession } from '../api/session.ts';
import { LocaleSwitch } from '../app/locale-switch.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { PasswordFields } from './password-fields.tsx';

interface Passwords {
  currentPassword: string;
  newPassword: string;
}

/** The first thing after signing in with a one-time password, and later a choice of the account menu. */
export function ChangePasswordPage() {
  const { t } = useTranslation('access');
  const session = useSession();
  const client = useQueryClient();
  const navigate = useNavigate();
  const isFirst = session?.mustChangePassword ?? false;
  const changing = useMutation({
    mutationFn: ({ currentPassword, newPassword }: Passwords) =>
      request(sessionSchema, 'POST', '/session/password', { body: { currentPassword, newPassword } }),
    onSuccess: (changed) => {
      client.setQueryData(sessionQuery.queryKey, changed);
      void navigate({ to: '/' });
    },
  });
  return (
    <main style={{ maxWidth: 440, margin: '10vh auto 0', padding: 16 }}>
      <div className="card" style={{ padding: 24 }}>
        <div style={{ display: 'flex', alignItems: 'center', gap: 12, marginBottom: 8 }}>
          <img src="/mark.svg" alt="" width={32} height={32} />
          <h1 style={{ fontSize: 20, fontWeight: 700, margin: 0 }}>{t('password.title')}</h1>
          <span className="spacer" />
          <LocaleSwitch />
        </div>
        <p className="secondary">{t(isFirst ? 'password.oneTime' : 'password.text', { name: session?.displayName })}</p>
        <Form<Passwords> layout="vertical" requiredMark={false} onFinish={(values) => changing.mutate(values)}>
          <Form.Item
            name="currentPassword"
            label={t(isFirst ? 'password.oneTimeLabel' : 'password.current')}
            rules={[{ required: true, message: t('shell:fieldNeeded') }]}
          >
            <Input.Password autoFocus autoComplete="current-password" />
          </Form.Item>
          <PasswordFields />
          {changing.isError ? <ProblemNotice problem={asProblem(changing.error)} /> : null}
          <Button type="primary" htmlType="submit" block loading={changing.isPending}>
            {t('password.submit')}
          </Button>
        </Form>
        {isFirst ? null : (
          <p style={{ textAlign: 'center', margin: '12px 0 0' }}>
            <Link to="/">{t('shell:cancel')}</Link>
          </p>
        )}
      </div>
    </main>
  );
}
