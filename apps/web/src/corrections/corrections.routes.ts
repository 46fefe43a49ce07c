import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../app/shell.route.tsx';

const correctionsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/corrections',
  component: lazyRouteComponent(() => import('./corrections-page.tsx'), 'CorrectionsPage'),
});
export const correctionRoutes = [correctionsRoute] as const;
