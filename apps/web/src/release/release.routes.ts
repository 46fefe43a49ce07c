import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../app/shell.route.tsx';

const monitorRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/release',
  component: lazyRouteComponent(() => import('./release-page.tsx'), 'ReleasePage'),
});
export const releaseRoutes = [monitorRoute] as const;
