import { createRouter } from '@tanstack/react-router';
import { whenSignInRequired } from '../api/client.ts';
import { queryClient } from './query-client.ts';
import { routeTree } from './route-tree.ts';
import { parseSearch, stringifySearch } from './search-params.ts';

export const router = createRouter({
  routeTree,
  parseSearch,
  stringifySearch,
  defaultPreload: 'intent',
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

whenSignInRequired(() => {
  if (router.state.location.pathname === '/sign-in') return;
  queryClient.clear();
  void router.navigate({ to: '/sign-in', search: { next: router.state.location.href } });
});
