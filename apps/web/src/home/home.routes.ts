import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../app/shell.route.tsx';

const homeRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/',
  component: lazyRouteComponent(() => import('./home-page.tsx'), 'HomePage'),
});
const helpRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/help',
  component: lazyRouteComponent(() => import('./help-page.tsx'), 'HelpPage'),
});
const ownFilmsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/own-films',
  component: lazyRouteComponent(() => import('./own-films-page.tsx'), 'OwnFilmsPage'),
});
export const homeRoutes = [homeRoute, helpRoute, ownFilmsRoute] as const;
