import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { shellRoute } from '../app/shell.route.tsx';

const quarantineSearch = z.object({
  state: z.enum(['waiting', 'registered', 'dismissed']).optional().catch(undefined),
});
export type QuarantineSearch = z.infer<typeof quarantineSearch>;

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
