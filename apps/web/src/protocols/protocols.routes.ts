import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { rootRoute } from '../app/root.route.tsx';
import { shellRoute } from '../app/shell.route.tsx';

const devicesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/protocols',
  component: lazyRouteComponent(() => import('./devices-page.tsx'), 'DevicesPage'),
});
const deviceRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/protocols/devices/$deviceId',
  component: lazyRouteComponent(() => import('./device-page.tsx'), 'DevicePage'),
});
const tableRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/protocols/tables/$tableId',
  component: lazyRouteComponent(() => import('./table-page.tsx'), 'TablePage'),
});
const violationsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/protocols/violations',
  validateSearch: z.object({ deviceId: z.string().optional().catch(undefined) }),
  component: lazyRouteComponent(() => import('./violations-page.tsx'), 'ViolationsPage'),
});
const calculatorsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/protocols/calculators',
  component: lazyRouteComponent(() => import('./calculators-page.tsx'), 'CalculatorsPage'),
});
export const protocolsRoutes = [devicesRoute, deviceRoute, tableRoute, violationsRoute, calculatorsRoute] as const;

/** What a phone shows at the console, without an account. */
export const consoleRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/console/$code',
  staticData: { kind: 'desk' },
  component: lazyRouteComponent(() => import('./console-page.tsx'), 'ConsolePage'),
});
