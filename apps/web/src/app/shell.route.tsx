import { createRoute } from '@tanstack/react-router';
import { Shell } from './shell.tsx';
import { signedInRoute } from './signed-in.route.tsx';

/** Every light page: top bar, navigation, content. */
export const shellRoute = createRoute({
  getParentRoute: () => signedInRoute,
  id: 'shell',
  staticData: { kind: 'desk' },
  component: Shell,
});
