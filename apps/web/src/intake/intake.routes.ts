import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../app/shell.route.tsx';
import { quarantineSearch } from './quarantine-search.ts';

const quarantineRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/quarantine',
  validateSearch: quarantineSearch,
  component: lazyRouteComponent(() => import('./quarantine-page.tsx'), 'QuarantinePage'),
});
const uploadRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/upload',
  component: lazyRouteComponent(() => import('./upload-page.tsx'), 'UploadPage'),
});
export const intakeRoutes = [quarantineRoute, uploadRoute] as const;
