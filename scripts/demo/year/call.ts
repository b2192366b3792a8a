import type { CallRulesInput, CallState, CallView } from '../../../server/calls/schema.ts';
import type { Visitor } from '../visitor.ts';
import type { Story } from './story.ts';

/** The call that the year is about. */
export const YEAR_CALL = 'year-call';

function rulesFrom(shipped: CallView, opens: string, closes: string): CallRulesInput {
  return {
    name: 'Open call of the year',
    opens,
    closes,
    source: shipped.source,
    countryList: shipped.countryList,
    countries: shipped.countries,
    trlEntryMin: shipped.trlEntryMin,
    crossBorder: shipped.crossBorder,
    instruments: shipped.instruments,
    challenges: [],
    budgetEur: 3_500_000,
  };
}

/** Staff prepare a call by the rules of the one that ships with the software, without its challenges. */
export async function prepareCall({ people, calendar, tell }: Story): Promise<CallView> {
  const staff = await people.signIn('staff');
  const shipped = await staff.call<CallView>('GET', '/call');
  const call = await staff.call<CallView>('POST', '/calls', {
    body: {
      id: YEAR_CALL,
      rules: rulesFrom(shipped, calendar.dayAfterStart(40), calendar.dayAfterStart(160)),
    },
  });
  tell(`${call.name}: prepared as a draft, ${call.countries.length} countries`);
  return shipped;
}

export function readCall(staff: Visitor): Promise<CallView> {
  return staff.call<CallView>('GET', `/calls/${YEAR_CALL}`);
}

/** Moves the call on to another state. */
export async function moveCall({ people, tell }: Story, to: CallState): Promise<CallView> {
  const staff = await people.signIn('staff');
  const { version } = await readCall(staff);
  const call = await staff.call<CallView>('POST', `/calls/${YEAR_CALL}/state`, { body: { version, to } });
  tell(`${call.name} is ${call.state}`);
  return call;
}

/** Matching, events and consortia work on the call of the year from now on. */
export async function putInForce({ people }: Story, replaces: string): Promise<void> {
  const staff = await people.signIn('staff');
  await staff.call('POST', `/calls/${YEAR_CALL}/in-force`, {
    body: { replaces, reason: 'The year begins' },
  });
}
