import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { signedInRoute } from '../app/signed-in.route.tsx';

/** Full page, once, after the first administrator has signed in. */
export const setUpRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/set-up',
  staticData: { kind: 'desk' },
  component: lazyRouteComponent(() => import('./set-up-page.tsx'), 'SetUpPage'),
});
