import { BulbOutlined, KeyOutlined, LogoutOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button, Dropdown, Tag, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { command } from '../api/client.ts';
import { useSession } from '../api/session.ts';
import { ExamFinder } from './exam-finder.tsx';
import { FlowState } from './flow-state.tsx';
import { HospitalClock } from './hospital-clock.tsx';
import { LocaleSwitch } from './locale-switch.tsx';
import { useTheme } from './theme.tsx';

export function TopBar() {
  const { t, i18n } = useTranslation('shell');
  const session = useSession();
  const theme = useTheme();
  const hospital = session?.hospital;
  const hospitalName = i18n.language === 'en' && hospital?.nameEn ? hospital.nameEn : hospital?.name;
  return (
    <header className="top-bar">
      <Link to="/" className="top-bar-mark">
        <img src="/mark.svg" alt="" width={28} height={28} />
        {t('product')}
        <small>{t('productLatin')}</small>
      </Link>
      {hospital?.isSetUp && hospitalName ? <span className="secondary">{hospitalName}</span> : null}
      {hospital?.isDemo ? <Tag color="purple">{t('demo')}</Tag> : null}
      <ExamFinder />
      <span className="spacer" />
      <FlowState />
      <HospitalClock />
      <Tooltip title={t(theme.theme === 'dark' ? 'themeLight' : 'themeDark')}>
        <Button
          type="text"
          icon={<BulbOutlined />}
          aria-label={t(theme.theme === 'dark' ? 'themeLight' : 'themeDark')}
          onClick={theme.toggle}
        />
      </Tooltip>
      <LocaleSwitch />
      <AccountMenu />
    </header>
  );
}

function AccountMenu() {
  const { t } = useTranslation('shell');
  const session = useSession();
  const client = useQueryClient();
  const navigate = useNavigate();
  const signOut = async (): Promise<void> => {
    await command('DELETE', '/session');
    client.clear();
    await navigate({ to: '/sign-in', search: {} });
  };
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          { key: 'roles', disabled: true, label: session?.roles.map((role) => t(`role.${role}`)).join(' · ') },
          {
            key: 'password',
            icon: <KeyOutlined />,
            label: t('changePassword'),
            onClick: () => void navigate({ to: '/password', search: {} }),
          },
          { key: 'sign-out', icon: <LogoutOutlined />, label: t('signOut'), onClick: () => void signOut() },
        ],
      }}
    >
      <Button type="text">{session?.displayName}</Button>
    </Dropdown>
  );
}
