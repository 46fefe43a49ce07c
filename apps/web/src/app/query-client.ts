import { QueryClient } from '@tanstack/react-query';
import { ApiProblem } from '../api/api-problem.ts';

const RETRIES_MAX = 2;

export const queryClient = new QueryClient({
  defaultOptions: {
    // A request without a network fails at once and says so; nothing is sent later behind the reader's back.
    mutations: { networkMode: 'always' },
    queries: {
      networkMode: 'always',
      staleTime: 15_000,
      refetchOnWindowFocus: false,
      // An answer is an answer; only a lost connection is asked again.
      retry: (count, error) => error instanceof ApiProblem && error.code === 'NETWORK_LOST' && count < RETRIES_MAX,
    },
  },
});
