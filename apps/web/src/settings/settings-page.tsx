import type { Permission } from '@jiapian/contract';
import { Link, Outlet, type LinkProps } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMay } from '../api/session.ts';
import { PermissionGate } from '../app/permission-gate.tsx';
import { PageHead } from '../ui/page-head.tsx';
import './settings-page.css';

const tabs: readonly { to: NonNullable<LinkProps['to']>; name: string; permission: Permission }[] = [
  { to: '/settings/devices', name: 'devices', permission: 'organization.read' },
  { to: '/settings/destinations', name: 'destinations', permission: 'release.read' },
  { to: '/settings/release-policy', name: 'releasePolicy', permission: 'release.read' },
  { to: '/settings/fetch', name: 'fetch', permission: 'organization.read' },
  { to: '/settings/analysers', name: 'analysers', permission: 'analysis.manage' },
  { to: '/settings/connection', name: 'connection', permission: 'organization.read' },
  { to: '/settings/hospital', name: 'hospital', permission: 'organization.read' },
  { to: '/settings/rooms', name: 'rooms', permission: 'organization.read' },
  { to: '/settings/staff', name: 'staff', permission: 'organization.read' },
  { to: '/settings/supervisions', name: 'supervisions', permission: 'review.read' },
  { to: '/settings/operators', name: 'operators', permission: 'organization.read' },
  { to: '/settings/mail', name: 'mail', permission: 'organization.read' },
  { to: '/settings/accounts', name: 'accounts', permission: 'access.manage' },
  { to: '/settings/tokens', name: 'tokens', permission: 'access.manage' },
  { to: '/settings/audit', name: 'audit', permission: 'audit.read' },
];

/** One line of tabs over every page of the settings; each is an address of its own. */
export function SettingsPage() {
  const { t } = useTranslation('settings');
  const may = useMay();
  return (
    <PermissionGate permission="organization.read">
      <PageHead title={t('title')} />
      <nav className="settings-tabs" aria-label={t('title')}>
        {tabs
          .filter((tab) => may(tab.permission))
          .map((tab) => (
            <Link key={tab.name} to={tab.to} activeProps={{ 'aria-current': 'page' }}>
              {t(`tab.${tab.name}`)}
            </Link>
          ))}
      </nav>
      <Outlet />
    </PermissionGate>
  );
}
