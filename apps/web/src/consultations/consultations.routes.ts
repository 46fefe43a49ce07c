import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { shellRoute } from '../app/shell.route.tsx';
import { signedInRoute } from '../app/signed-in.route.tsx';

const consultationsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/consultations',
  validateSearch: z.object({ list: z.string().optional().catch(undefined) }),
  component: lazyRouteComponent(() => import('./consultations-page.tsx'), 'ConsultationsPage'),
});
const consultationRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/consultations/$consultationId',
  component: lazyRouteComponent(() => import('./consultation-page.tsx'), 'ConsultationPage'),
});
export const consultationRoutes = [consultationsRoute, consultationRoute] as const;

/** One film before one judge, full screen and dark. */
export const judgeRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/consultations/$consultationId/films/$number',
  staticData: { kind: 'reading' },
  component: lazyRouteComponent(() => import('./judge-page.tsx'), 'JudgePage'),
});
