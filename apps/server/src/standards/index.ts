export { bookletRoutes } from './booklet.routes.ts';
export { currentStandard } from './current-standard.ts';
export { draftRoutes } from './drafts.routes.ts';
export { openDraft } from './edit-draft.ts';
export { incidentRoutes } from './incidents.routes.ts';
export { positionRoutes } from './positions.routes.ts';
export { standardRoutes } from './standards.routes.ts';
export { standardsJobs } from './standards.jobs.ts';
