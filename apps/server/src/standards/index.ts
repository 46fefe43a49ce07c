export { currentStandard } from './current-standard.ts';
export { standardRoutes } from './standards.routes.ts';
