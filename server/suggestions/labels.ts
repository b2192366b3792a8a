import type { Factor } from '../../matching/types.ts';

/** Names of the factors for people. */
export const FACTOR_LABELS: Readonly<Record<Factor, string>> = {
  capability: 'Capabilities',
  text: 'In your own words',
  trl: 'Readiness (TRL)',
  domain: 'Field and market role',
  challenge: 'Needs of the call',
  reach: 'Reach',
  practical: 'Working together',
};
