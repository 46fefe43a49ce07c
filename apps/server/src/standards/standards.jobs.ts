import type { Clock } from '@jiapian/kernel';
import { job, type AnyJob } from '../platform/job-registry.ts';
import { registerVetoes } from './register-incident.ts';

export const standardsJobs = (clock: Clock): AnyJob[] => [
  job({
    name: 'register-vetoes',
    on: 'film.graded',
    handle: async (unit, graded) => void (await registerVetoes(unit, { ...graded, at: clock.now() })),
  }),
];
