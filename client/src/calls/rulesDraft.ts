import type { CallRulesInput, CallView } from '../../../server/calls/schema.ts';

/** The rules of a call as they are typed: numbers and lists are text until they are sent. */
export interface RulesDraft {
  name: string;
  opens: string;
  closes: string;
  /** '' for a list of our own. */
  listId: string;
  listName: string;
  asOf: string;
  listSource: string;
  countries: string;
  trlEntryMin: string;
  crossBorder: 'required' | 'bonus';
  instruments: {
    id: string;
    name: string;
    trlMin: string;
    trlMax: string;
    grantCeilingEur: string;
    miniGrantEur: string;
  }[];
  budget: string;
  documents: string;
  source: string;
  note: string;
}

export function draftOf(call: CallView): RulesDraft {
  return {
    name: call.name,
    opens: call.opens,
    closes: call.closes,
    listId: call.countryList.id ?? '',
    listName: call.countryList.name,
    asOf: call.countryList.asOf,
    listSource: call.countryList.source,
    countries: call.countries.join(' '),
    trlEntryMin: String(call.trlEntryMin),
    crossBorder: call.crossBorder,
    instruments: call.instruments.map((one) => ({
      id: one.id,
      name: one.name,
      trlMin: String(one.trlMin),
      trlMax: String(one.trlMax),
      grantCeilingEur: String(one.grantCeilingEur),
      miniGrantEur: String(one.miniGrantEur),
    })),
    budget: call.budgetEur === null ? '' : String(call.budgetEur),
    documents: call.documents.map(({ title, url }) => `${title} ${url}`).join('\n'),
    source: call.source,
    note: call.note,
  };
}

const numberOf = (text: string): number => Number(text.replaceAll(/[ ,]/g, '') || NaN);

/** What is typed, to be sent. What is no number is sent as such, so that the server names the field. */
export function rulesOf(draft: RulesDraft, call: CallView): CallRulesInput {
  // The server checks each level; what is typed may be none.
  const trl = (text: string) => numberOf(text) as CallRulesInput['trlEntryMin'];
  return {
    name: draft.name,
    opens: draft.opens,
    closes: draft.closes,
    source: draft.source,
    note: draft.note,
    documents: draft.documents
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => {
        const [, title = '', url = ''] = /^(.*?)\s*(\S+)$/.exec(line.trim()) ?? [];
        return { title: title || url, url };
      }),
    countryList: {
      id: draft.listId || null,
      name: draft.listName,
      asOf: draft.asOf,
      source: draft.listSource,
    },
    countries: draft.countries.split(/[\s,;]+/).filter((code) => code !== ''),
    trlEntryMin: trl(draft.trlEntryMin),
    crossBorder: draft.crossBorder,
    instruments: draft.instruments.map((one) => ({
      id: one.id,
      name: one.name,
      trlMin: trl(one.trlMin),
      trlMax: trl(one.trlMax),
      grantCeilingEur: numberOf(one.grantCeilingEur),
      miniGrantEur: numberOf(one.miniGrantEur),
    })),
    challenges: call.challenges,
    budgetEur: draft.budget.trim() === '' ? null : numberOf(draft.budget),
  };
}
