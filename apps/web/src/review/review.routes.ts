import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../app/shell.route.tsx';
import { signedInRoute } from '../app/signed-in.route.tsx';
import { filmSearchSchema } from './film-search.ts';
import { startFilm } from './start-film.ts';

const worklistRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/review',
  validateSearch: filmSearchSchema,
  component: lazyRouteComponent(() => import('./worklist-page.tsx'), 'WorklistPage'),
});
const tasksRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/review-tasks',
  component: lazyRouteComponent(() => import('./tasks-page.tsx'), 'TasksPage'),
});
const agreementRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/agreement',
  component: lazyRouteComponent(() => import('./agreement-page.tsx'), 'AgreementPage'),
});
const planRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/review-plan',
  component: lazyRouteComponent(() => import('./plan-page.tsx'), 'PlanPage'),
});
const meetingsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/meetings',
  component: lazyRouteComponent(() => import('./meetings-page.tsx'), 'MeetingsPage'),
});
const minutesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/meetings/$meetingId/minutes',
  component: lazyRouteComponent(() => import('./minutes-page.tsx'), 'MinutesPage'),
});
/** Routes under the shell. */
export const reviewRoutes = [
  worklistRoute,
  tasksRoute,
  agreementRoute,
  planRoute,
  meetingsRoute,
  minutesRoute,
] as const;

/** The big screen of a meeting. */
export const meetingRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/meetings/$meetingId',
  staticData: { kind: 'reading' },
  component: lazyRouteComponent(() => import('./meeting-page.tsx'), 'MeetingPage'),
});
/** A reading beside the first, full screen and dark. */
export const taskRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/review-tasks/$taskId',
  staticData: { kind: 'reading' },
  component: lazyRouteComponent(() => import('./task-page.tsx'), 'TaskPage'),
});

/** Full screen and dark; the search is the list the film was opened from. */
export const workstationRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/review/$filmId',
  staticData: { kind: 'reading' },
  loader: ({ params }) => startFilm(params.filmId),
  validateSearch: filmSearchSchema,
  component: lazyRouteComponent(() => import('./workstation-page.tsx'), 'WorkstationPage'),
});
