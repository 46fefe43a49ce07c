import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../app/shell.route.tsx';
import { signedInRoute } from '../app/signed-in.route.tsx';

const selfChecksRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/self-checks',
  component: lazyRouteComponent(() => import('./self-checks-page.tsx'), 'SelfChecksPage'),
});
export const selfCheckRoutes = [selfChecksRoute] as const;

/** One film after another without the frame of the product: for a phone and for the console's PC. */
export const checkPhoneRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/self-checks/now',
  staticData: { kind: 'reading' },
  component: lazyRouteComponent(() => import('./check-phone-page.tsx'), 'CheckPhonePage'),
});
