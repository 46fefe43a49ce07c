import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { shellRoute } from '../app/shell.route.tsx';

const view = z.enum(['standard', 'positions', 'sets', 'versions']).optional().catch(undefined);

const standardRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/standards',
  validateSearch: z.object({ view }),
  component: lazyRouteComponent(() => import('./standards-page.tsx'), 'StandardsPage'),
});
const draftRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/standards/drafts/$draftId',
  component: lazyRouteComponent(() => import('./draft-page.tsx'), 'DraftPage'),
});
const incidentsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/incidents',
  component: lazyRouteComponent(() => import('./incidents-page.tsx'), 'IncidentsPage'),
});
export const standardsRoutes = [standardRoute, draftRoute, incidentsRoute] as const;
