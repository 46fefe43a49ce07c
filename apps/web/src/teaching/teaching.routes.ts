import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { shellRoute } from '../app/shell.route.tsx';

const text = z.string().optional().catch(undefined);
const casesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/teaching',
  validateSearch: z.object({ text, state: text, grade: text, collection: text }),
  component: lazyRouteComponent(() => import('./teaching-page.tsx'), 'TeachingPage'),
});
const caseRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/teaching/cases/$caseId',
  component: lazyRouteComponent(() => import('./case-page.tsx'), 'CasePage'),
});
const quizRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/teaching/quiz/$attemptId',
  component: lazyRouteComponent(() => import('./quiz-page.tsx'), 'QuizPage'),
});
export const teachingRoutes = [casesRoute, caseRoute, quizRoute] as const;
