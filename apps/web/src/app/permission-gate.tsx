import { permissionsOfRole, roles, type Permission } from '@jiapian/contract';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../api/session.ts';
import { EmptyState } from '../ui/empty-state.tsx';

/** A page that a deep link may reach without the permission: then it says which roles have it and who may grant them. */
export function PermissionGate({ permission, children }: { permission: Permission; children: ReactNode }) {
  const { t } = useTranslation('shell');
  const may = useMay();
  if (may(permission)) return children;
  const holders = roles.filter((role) => permissionsOfRole[role].includes(permission)).map((role) => t(`role.${role}`));
  return (
    <EmptyState
      title={t('noPermission.title')}
      text={t('noPermission.text', { roles: holders.join(t('noPermission.separator')) })}
      action={<Link to="/">{t('notFound.home')}</Link>}
    />
  );
}
