import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { rootRoute } from '../app/root.route.tsx';
import { signedInRoute } from '../app/signed-in.route.tsx';

const signInSearch = z.object({ next: z.string().optional().catch(undefined) });

export const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  staticData: { kind: 'desk' },
  validateSearch: signInSearch,
  component: lazyRouteComponent(() => import('./sign-in-page.tsx'), 'SignInPage'),
});

/** Also the only page of an account whose password is one-time. */
export const changePasswordRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/password',
  staticData: { kind: 'desk' },
  component: lazyRouteComponent(() => import('./change-password-page.tsx'), 'ChangePasswordPage'),
});
