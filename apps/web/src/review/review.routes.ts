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
/** Routes under the shell. */
export const reviewRoutes = [worklistRoute] as const;

/** Full screen and dark; the search is the list the film was opened from. */
export const workstationRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/review/$filmId',
  staticData: { kind: 'reading' },
  loader: ({ params }) => startFilm(params.filmId),
  validateSearch: filmSearchSchema,
  component: lazyRouteComponent(() => import('./workstation-page.tsx'), 'WorkstationPage'),
});
