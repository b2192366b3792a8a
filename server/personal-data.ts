import type { Connection } from 'mongoose';
import type { AccountsFeature } from './accounts/feature.ts';
import { accountsPersonalData } from './accounts/personal-data.ts';
import type { AmbassadorsFeature } from './ambassadors/feature.ts';
import type { Communication } from './communication.ts';
import { consortiaPersonalData } from './consortia/personal-data.ts';
import type { ConsortiumService } from './consortia/service.ts';
import type { DemandSide } from './demand-side.ts';
import type { EventsFeature } from './events/feature.ts';
import { eventsPersonalData } from './events/personal-data.ts';
import type { Sessions } from './http/sessions.ts';
import { importsPersonalData } from './imports/personal-data.ts';
import { livePersonalData } from './live/personal-data.ts';
import type { MappingFeature } from './mapping/feature.ts';
import type { Matchmaking } from './matchmaking.ts';
import type { PersonalData } from './privacy/personal-data.ts';
import { signaturesPersonalData } from './privacy/signatures.ts';
import { runsPersonalData } from './runs/personal-data.ts';
import { profilePersonalData } from './smes/personal-data.ts';
import type { SmeService } from './smes/service.ts';
import { answersPersonalData } from './suggestions/personal-data.ts';

/**
 * What each feature keeps of who somebody is, or what they said or did, in the order of erasing: the profile goes first, so that nobody is
 * matched any more; the account comes last, as others look it up.
 */
export function allPersonalData(features: {
  readonly connection: Connection;
  readonly sessions: Sessions;
  readonly accounts: AccountsFeature;
  readonly smes: SmeService;
  readonly matchmaking: Matchmaking;
  readonly events: EventsFeature;
  readonly consortia: ConsortiumService;
  readonly demandSide: DemandSide;
  readonly mapping: MappingFeature;
  readonly communication: Communication;
  readonly consents: PersonalData;
  readonly ambassadors: AmbassadorsFeature;
}): readonly PersonalData[] {
  const { connection, sessions, smes, matchmaking, events, consortia } = features;
  return [
    profilePersonalData({ connection, remove: (smeId) => smes.remove(smeId) }),
    answersPersonalData({ connection, answers: matchmaking.answers }),
    runsPersonalData({ connection, runs: matchmaking.runs }),
    ...eventsPersonalData({ connection, events }),
    consortiaPersonalData({ connection, consortia }),
    importsPersonalData(connection),
    livePersonalData(connection),
    ...features.demandSide.personalData,
    features.mapping.personalData,
    ...features.communication.personalData,
    features.consents,
    signaturesPersonalData(connection),
    ...accountsPersonalData({ connection, sessions, accounts: features.accounts.service }),
    features.ambassadors.personalData,
  ];
}
