import { z } from 'zod';
import type { App } from './app.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';

export interface Readiness {
  /** `check` rejects while its role cannot do its work. */
  add(name: string, check: () => Promise<void>): void;
  report(): Promise<{ isReady: boolean; checks: Record<string, 'ready' | 'not-ready'> }>;
}

const checkTimeoutMs = 3_000;

export const createReadiness = (log: Log): Readiness => {
  const checks = new Map<string, () => Promise<void>>();
  const ask = async (name: string, check: () => Promise<void>): Promise<'ready' | 'not-ready'> => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<'late'>((resolve) => {
      timer = setTimeout(() => resolve('late'), checkTimeoutMs);
    });
    try {
      return (await Promise.race([check(), late])) === 'late' ? 'not-ready' : 'ready';
    } catch (error) {
      log.warn('readiness.failed', { check: name, reason: error instanceof Error ? error.message : 'unknown' });
      return 'not-ready';
    } finally {
      clearTimeout(timer);
    }
  };
  return {
    add: (name, check) => {
      checks.set(name, check);
    },
    report: async () => {
      const answers = await Promise.all(
        [...checks].map(async ([name, check]) => [name, await ask(name, check)] as const),
      );
      return { isReady: answers.every(([, answer]) => answer === 'ready'), checks: Object.fromEntries(answers) };
    },
  };
};

const readinessSchema = z.object({
  status: z.enum(['ready', 'not-ready']),
  checks: z.record(z.string(), z.enum(['ready', 'not-ready'])),
});

export const healthRoutes = (app: App, readiness: Readiness, metrics: Metrics): void => {
  app.get(
    '/livez',
    {
      config: { permission: 'public' },
      schema: { tags: ['health'], operationId: 'isAlive', response: { 200: z.object({ status: z.literal('alive') }) } },
    },
    async () => ({ status: 'alive' as const }),
  );
  app.get(
    '/readyz',
    {
      config: { permission: 'public' },
      schema: {
        tags: ['health'],
        operationId: 'isReady',
        response: { 200: readinessSchema, 503: readinessSchema },
      },
    },
    async (_request, reply) => {
      const { isReady, checks } = await readiness.report();
      return reply.code(isReady ? 200 : 503).send({ status: isReady ? 'ready' : 'not-ready', checks });
    },
  );
  app.get(
    '/metrics',
    {
      config: { permission: 'public' },
      schema: {
        tags: ['health'],
        operationId: 'readMetrics',
        produces: ['text/plain'],
        response: { 200: z.string() },
      },
    },
    async (_request, reply) => reply.type('text/plain; version=0.0.4; charset=utf-8').send(await metrics.text()),
  );
};
