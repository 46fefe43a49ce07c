import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { shellRoute } from '../app/shell.route.tsx';

const monitorRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/release',
  component: lazyRouteComponent(() => import('./release-page.tsx'), 'ReleasePage'),
});
const rejectionRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/release/rejections/$rejectionId',
  component: lazyRouteComponent(() => import('./rejection-page.tsx'), 'RejectionPage'),
});
const ratesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/release/rejects',
  validateSearch: z.object({
    from: z.string().optional().catch(undefined),
    to: z.string().optional().catch(undefined),
    by: z.string().optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('./rates-page.tsx'), 'RatesPage'),
});
export const releaseRoutes = [monitorRoute, rejectionRoute, ratesRoute] as const;
