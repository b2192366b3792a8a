import type { PageRoute } from './page.ts';
import { communicationRoutes } from './routes/communication.ts';
import { companiesRoutes } from './routes/companies.ts';
import { entryRoutes } from './routes/entry.ts';
import { eventsRoutes } from './routes/events.ts';
import { matchingRoutes } from './routes/matching.ts';
import { programmeRoutes } from './routes/programme.ts';
import { staffRoutes } from './routes/staff.ts';

/** Every page of the client; the first that fits the address is shown. Each is fetched when it is first needed. */
export const routes: readonly PageRoute[] = [
  ...entryRoutes,
  ...programmeRoutes,
  ...companiesRoutes,
  ...matchingRoutes,
  ...eventsRoutes,
  ...communicationRoutes,
  ...staffRoutes,
];
