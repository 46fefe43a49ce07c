import { signInRoute } from '../access/access.routes.ts';
import { reviewRoutes, workstationRoute } from '../review/review.routes.ts';
import { rootRoute } from './root.route.tsx';
import { shellRoute } from './shell.route.tsx';
import { signedInRoute } from './signed-in.route.tsx';

export const routeTree = rootRoute.addChildren([
  signInRoute,
  signedInRoute.addChildren([shellRoute.addChildren([...reviewRoutes]), workstationRoute]),
]);
