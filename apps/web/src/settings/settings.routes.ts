import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { shellRoute } from '../app/shell.route.tsx';

const settingsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings',
  component: lazyRouteComponent(() => import('./settings-page.tsx'), 'SettingsPage'),
});
const indexRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/settings/devices' });
  },
});
const tab = <Path extends string>(
  path: Path,
  load: () => Promise<Record<string, () => React.ReactNode>>,
  name: string,
) => createRoute({ getParentRoute: () => settingsRoute, path, component: lazyRouteComponent(load, name) });

export const settingsRoutes = settingsRoute.addChildren([
  indexRoute,
  tab('hospital', () => import('../organization/hospital-page.tsx'), 'HospitalPage'),
  tab('connection', () => import('../organization/connection-page.tsx'), 'ConnectionPage'),
  tab('rooms', () => import('../organization/rooms-page.tsx'), 'RoomsPage'),
  tab('devices', () => import('../organization/devices-page.tsx'), 'DevicesPage'),
  tab('release-policy', () => import('../release/policy-page.tsx'), 'PolicyPage'),
  tab('destinations', () => import('../release/destinations-page.tsx'), 'DestinationsPage'),
  tab('fetch', () => import('../intake/fetch-page.tsx'), 'FetchPage'),
  tab('analysers', () => import('../analysis/analysers-page.tsx'), 'AnalysersPage'),
  tab('mail', () => import('../review/mail-page.tsx'), 'MailPage'),
  tab('staff', () => import('../organization/staff-page.tsx'), 'StaffPage'),
  tab('supervisions', () => import('../organization/supervisions-page.tsx'), 'SupervisionsPage'),
  tab('operators', () => import('../organization/operators-page.tsx'), 'OperatorsPage'),
  tab('accounts', () => import('../access/accounts-page.tsx'), 'AccountsPage'),
  tab('tokens', () => import('../access/tokens-page.tsx'), 'TokensPage'),
  tab('audit', () => import('../audit/audit-page.tsx'), 'AuditPage'),
]);
