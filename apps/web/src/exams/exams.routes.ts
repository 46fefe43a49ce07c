import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../app/shell.route.tsx';
import { examSearchSchema } from './exam-search.ts';
import { orderSearchSchema } from './order-search.ts';

const registerRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/exams',
  validateSearch: examSearchSchema,
  component: lazyRouteComponent(() => import('./register-page.tsx'), 'RegisterPage'),
});
const examRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/exams/$examId',
  component: lazyRouteComponent(() => import('./exam-page.tsx'), 'ExamPage'),
});
const ordersRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/orders',
  validateSearch: orderSearchSchema,
  component: lazyRouteComponent(() => import('./orders-page.tsx'), 'OrdersPage'),
});
export const examRoutes = [registerRoute, examRoute, ordersRoute] as const;
