import { BulbOutlined, LogoutOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button, Dropdown, Tag, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { command } from '../api/client.ts';
import { useSession } from '../api/session.ts';
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
      {hospitalName ? <span className="secondary">{hospitalName}</span> : null}
      {hospital?.isDemo ? <Tag color="purple">{t('demo')}</Tag> : null}
      <span className="spacer" />
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
          { key: 'sign-out', icon: <LogoutOutlined />, label: t('signOut'), onClick: () => void signOut() },
        ],
      }}
    >
      <Button type="text">{session?.displayName}</Button>
    </Dropdown>
  );
}
