import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../app/shell.route.tsx';

const standardRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/standards',
  component: lazyRouteComponent(() => import('./standards-page.tsx'), 'StandardsPage'),
});
export const standardsRoutes = [standardRoute] as const;
