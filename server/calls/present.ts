import type { CallRecord, CallRulesRecord } from './model.ts';
import type { CallRules, CallSummary, CallView, RulesVersionView } from './schema.ts';

/** What a call is shown from. */
export interface StoredCall {
  readonly call: Pick<CallRecord, '_id' | 'state' | 'version'>;
  readonly published: CallRulesRecord;
  readonly inForce: boolean;
}

/** Rules, every field listed by hand. All of them are public once a call is. */
function presentRules(rules: CallRules): CallRules {
  return {
    name: rules.name,
    opens: rules.opens,
    closes: rules.closes,
    source: rules.source,
    note: rules.note,
    documents: rules.documents,
    countryList: rules.countryList,
    countries: rules.countries,
    trlEntryMin: rules.trlEntryMin,
    crossBorder: rules.crossBorder,
    instruments: rules.instruments,
    challenges: rules.challenges,
    budgetEur: rules.budgetEur,
  };
}

/** A call with its newest rules. */
export function presentCall({ call, published, inForce }: StoredCall): CallView {
  return {
    id: call._id,
    state: call.state,
    version: call.version,
    inForce,
    rulesVersion: published.version,
    publishedAt: published.at.toISOString(),
    ...presentRules(published.rules),
  };
}

/** A call in a list. */
export function presentSummary(stored: StoredCall): CallSummary {
  const { id, state, inForce, rulesVersion, name, opens, closes, instruments, budgetEur } =
    presentCall(stored);
  return { id, state, inForce, rulesVersion, name, opens, closes, instruments, budgetEur };
}

/** One version of the rules. */
export function presentVersion({ callId, version, at, by, note, rules }: CallRulesRecord): RulesVersionView {
  return { callId, version, at: at.toISOString(), by, note, rules: presentRules(rules) };
}
