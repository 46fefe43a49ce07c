import { createRootRoute, Outlet } from '@tanstack/react-router';
import { NotFoundPage } from './not-found-page.tsx';
import { RouteProblem } from './route-problem.tsx';
import { ThemeProvider } from './theme.tsx';

export const rootRoute = createRootRoute({
  component: () => (
    <ThemeProvider>
      <Outlet />
    </ThemeProvider>
  ),
  errorComponent: RouteProblem,
  notFoundComponent: NotFoundPage,
});
