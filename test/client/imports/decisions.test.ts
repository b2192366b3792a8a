import { expect } from 'chai';
import {
  commitOf,
  decideAll,
  decideLine,
  decisionFor,
  noDecisions,
  outcomeOf,
} from '../../../client/src/imports/decisions.ts';

const rows = { total: 12, accepted: 6, refused: 2, duplicates: 4, created: 0, merged: 0, skipped: 0 };

describe('client: decisions on duplicates', () => {
  it('skips every duplicate unless somebody says otherwise', () => {
    expect(decisionFor(noDecisions, 5)).to.equal('skip');
    expect(outcomeOf(rows, noDecisions)).to.deep.equal({ merge: 0, skip: 4, new: 6 });
    expect(commitOf(noDecisions)).to.deep.equal({ duplicates: 'skip', decisions: [] });
  });

  it('keeps what was said of single lines', () => {
    const decisions = decideLine(decideLine(noDecisions, 3, 'merge'), 7, 'new');
    expect(decisionFor(decisions, 3)).to.equal('merge');
    expect(outcomeOf(rows, decisions)).to.deep.equal({ merge: 1, skip: 2, new: 7 });
    expect(commitOf(decisions).decisions).to.deep.equal([
      { line: 3, decision: 'merge' },
      { line: 7, decision: 'new' },
    ]);
  });

  it('forgets a line that is back with the rest, and all lines when the rest is decided anew', () => {
    const back = decideLine(decideLine(noDecisions, 3, 'merge'), 3, 'skip');
    expect(commitOf(back).decisions).to.deep.equal([]);
    expect(commitOf(decideAll('merge'))).to.deep.equal({ duplicates: 'merge', decisions: [] });
    expect(outcomeOf(rows, decideAll('merge'))).to.deep.equal({ merge: 4, skip: 0, new: 6 });
  });
});
