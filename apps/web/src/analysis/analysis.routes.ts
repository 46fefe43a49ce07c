import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../app/shell.route.tsx';

const exposureRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/exposure',
  component: lazyRouteComponent(() => import('./exposure-page.tsx'), 'ExposurePage'),
});
const doseRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/dose',
  component: lazyRouteComponent(() => import('./dose-page.tsx'), 'DosePage'),
});
const measurementsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/measurements',
  component: lazyRouteComponent(() => import('./measurements-page.tsx'), 'MeasurementsPage'),
});
const ruleWeekRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/hint-week',
  component: lazyRouteComponent(() => import('./rule-week-page.tsx'), 'RuleWeekPage'),
});
export const analysisRoutes = [exposureRoute, doseRoute, measurementsRoute, ruleWeekRoute] as const;
