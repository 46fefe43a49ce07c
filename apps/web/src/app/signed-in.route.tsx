import type { Session } from '@jiapian/contract';
import { createRoute, Outlet, redirect } from '@tanstack/react-router';
import { ApiProblem } from '../api/api-problem.ts';
import { sessionQuery } from '../api/session.ts';
import { isSetUpPutOff } from '../organization/set-up-later.ts';
import { currentStandardQuery } from '../standards/standards-queries.ts';
import { changeLocale } from './i18n.ts';
import { useLiveEvents } from './live-events.ts';
import { queryClient } from './query-client.ts';
import { rootRoute } from './root.route.tsx';
import { RouteProblem } from './route-problem.tsx';

/** Everything behind the sign-in page; the session is known before any page below is drawn. */
export const signedInRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'signed-in',
  beforeLoad: async ({ location }) => {
    try {
      const session = await queryClient.ensureQueryData(sessionQuery);
      if (!localStorage.getItem('jiapian.locale')) await changeLocale(session.locale);
      const next = firstPage(session, location.pathname);
      if (next) throw redirect({ to: next });
      // Not waited for: the words for grades change under the page when the hospital has its own.
      if (session.permissions.includes('standards.read')) void queryClient.prefetchQuery(currentStandardQuery);
      return { session };
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 401) {
        throw redirect({ to: '/sign-in', search: { next: location.href } });
      }
      throw error;
    }
  },
  component: SignedIn,
  errorComponent: RouteProblem,
});

/** A one-time password is changed first, and a hospital without a name is set up before anything else. */
const firstPage = (session: Session, pathname: string): '/password' | '/set-up' | null => {
  if (session.mustChangePassword) return pathname === '/password' ? null : '/password';
  const maySetUp = session.permissions.includes('organization.manage');
  if (session.hospital.isSetUp || !maySetUp || isSetUpPutOff()) return null;
  return pathname === '/set-up' || pathname === '/password' ? null : '/set-up';
};

function SignedIn() {
  useLiveEvents();
  return <Outlet />;
}
