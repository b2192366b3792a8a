import { expect } from 'chai';
import type { SuggestionList } from '../../../matching/types.ts';
import { DEFAULT_WEIGHTS } from '../../../matching/weights.ts';
import { Comparison, moveOf } from '../../../server/weights/comparison.ts';

const list = (sme: string, ...partners: string[]): SuggestionList => ({
  sme,
  suggestions: partners.map((partner) => ({ partner, score: 1, terms: DEFAULT_WEIGHTS })),
});

describe('comparison of lists under other weights', () => {
  it('names who enters and who leaves', () => {
    const move = moveOf(list('a', 'b', 'c'), list('a', 'c', 'd'));
    expect([...move.entering]).to.deep.equal(['d']);
    expect([...move.leaving]).to.deep.equal(['b']);
    expect(move.isReordered).to.equal(false);
    expect(moveOf(list('a', 'b', 'c'), list('a', 'c', 'b')).isReordered).to.equal(true);
  });

  it('counts changed and reordered lists apart, and how often each country is suggested', () => {
    const comparison = new Comparison((sme) => (sme < 'c' ? 'FR' : 'DE'));
    comparison.add(list('a', 'c', 'd'), list('a', 'd', 'c'));
    comparison.add(list('b', 'c'), list('b', 'c', 'd'));
    comparison.add(list('c', 'a'), undefined);
    comparison.add(list('d', 'a'), list('d', 'a')); // only the score differs
    expect(comparison).to.include({
      listsTotal: 4,
      listsChanged: 1,
      listsReordered: 1,
      suggestionsEntering: 1,
    });
    expect(comparison.byCountry()).to.deep.equal([
      { country: 'FR', smes: 2, changed: 2, suggestedBefore: 2, suggestedAfter: 2 },
      { country: 'DE', smes: 2, changed: 0, suggestedBefore: 3, suggestedAfter: 4 },
    ]);
    expect(comparison.mostChanged(1).map(({ sme }) => sme)).to.deep.equal(['b']);
  });
});
