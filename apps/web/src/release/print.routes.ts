import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../app/shell.route.tsx';

const printRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/exams/$examId/print',
  component: lazyRouteComponent(() => import('./print-page.tsx'), 'PrintPage'),
});
export const printRoutes = [printRoute] as const;
