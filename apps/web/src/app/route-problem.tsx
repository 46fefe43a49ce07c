import type { ErrorComponentProps } from '@tanstack/react-router';
import { asProblem } from '../api/api-problem.ts';
import { ProblemNotice } from '../ui/problem-notice.tsx';

/** A page that could not be opened: what happened, and one way on. */
export function RouteProblem({ error, reset }: ErrorComponentProps) {
  return (
    <main style={{ maxWidth: 640, margin: '64px auto', padding: 16 }}>
      <ProblemNotice problem={asProblem(error)} onRetry={reset} />
    </main>
  );
}
