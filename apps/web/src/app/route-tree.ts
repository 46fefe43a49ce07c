import { changePasswordRoute, signInRoute } from '../access/access.routes.ts';
import { analysisRoutes } from '../analysis/analysis.routes.ts';
import { consultationRoutes, judgeRoute } from '../consultations/consultations.routes.ts';
import { correctionRoutes } from '../corrections/corrections.routes.ts';
import { examRoutes } from '../exams/exams.routes.ts';
import { homeRoutes } from '../home/home.routes.ts';
import { intakeRoutes } from '../intake/intake.routes.ts';
import { setUpRoute } from '../organization/organization.routes.ts';
import { printRoutes } from '../release/print.routes.ts';
import { consoleRoute, protocolsRoutes } from '../protocols/protocols.routes.ts';
import { releaseRoutes } from '../release/release.routes.ts';
import { meetingRoute, reviewRoutes, taskRoute, workstationRoute } from '../review/review.routes.ts';
import { checkPhoneRoute, selfCheckRoutes } from '../self-checks/self-checks.routes.ts';
import { settingsRoutes } from '../settings/settings.routes.ts';
import { standardsRoutes } from '../standards/standards.routes.ts';
import { teachingRoutes } from '../teaching/teaching.routes.ts';
import { rootRoute } from './root.route.tsx';
import { shellRoute } from './shell.route.tsx';
import { signedInRoute } from './signed-in.route.tsx';

export const routeTree = rootRoute.addChildren([
  signInRoute,
  consoleRoute,
  signedInRoute.addChildren([
    shellRoute.addChildren([
      ...homeRoutes,
      ...reviewRoutes,
      ...consultationRoutes,
      ...selfCheckRoutes,
      ...examRoutes,
      ...printRoutes,
      ...correctionRoutes,
      ...analysisRoutes,
      ...releaseRoutes,
      ...intakeRoutes,
      ...standardsRoutes,
      ...protocolsRoutes,
      ...teachingRoutes,
      settingsRoutes,
    ]),
    workstationRoute,
    taskRoute,
    judgeRoute,
    checkPhoneRoute,
    meetingRoute,
    changePasswordRoute,
    setUpRoute,
  ]),
]);
