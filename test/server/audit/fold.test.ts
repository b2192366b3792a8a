import { expect } from 'chai';
import fc from 'fast-check';
import { canonicalJson } from '../../../matching/canonical.ts';
import type { AuditedState } from '../../../server/audit/audit.ts';
import { Fold, type FoldedEntry } from '../../../server/audit/fold.ts';

const entry = (id: string, before: AuditedState | null, after: AuditedState | null): FoldedEntry => ({
  kind: 'thing',
  thingId: id,
  before: before && canonicalJson(before),
  after: after && canonicalJson(after),
});
const at = (revision: number): AuditedState => ({ revision, value: `value ${revision}` });

function played(entries: readonly FoldedEntry[]): ReadonlyMap<string, string> {
  const fold = new Fold();
  for (const one of entries) fold.add(one);
  return fold.states('thing');
}

describe('playing the audit log', () => {
  it('leads to the newest state in whatever order the changes of one moment were written down', () => {
    const orders = fc.integer({ min: 1, max: 8 }).chain((changes) =>
      fc.shuffledSubarray(
        Array.from({ length: changes }, (_, i) => i + 2),
        { minLength: changes, maxLength: changes },
      ),
    );
    fc.assert(
      fc.property(orders, (order) => {
        const changes = order.map((revision) => entry('a', at(revision - 1), at(revision)));
        const states = played([entry('a', null, at(1)), ...changes]);
        expect(states.get('a')).to.equal(canonicalJson(at(order.length + 1)));
      }),
    );
  });

  it('takes the last entry where states have no number', () => {
    const states = played([entry('a', null, { on: true }), entry('a', { on: true }, { on: false })]);
    expect(states.get('a')).to.equal('{"on":false}');
  });

  it('leaves gone what is gone, until an entry says that it is there anew', () => {
    const gone = [entry('a', null, at(1)), entry('a', at(2), null), entry('a', at(1), at(2))];
    expect([...played(gone).keys()]).to.deep.equal([]);
    expect(played([...gone, entry('a', null, at(1))]).get('a')).to.equal(canonicalJson(at(1)));
  });

  it('tells what the database says otherwise: changed, not known to the log, and not there', async () => {
    const fold = new Fold();
    for (const id of ['same', 'changed', 'missing']) fold.add(entry(id, null, at(1)));
    const stored = new Map([
      ['same', at(1)],
      ['changed', at(2)],
      ['unknown', at(1)],
    ]);
    const found = await fold.differences({ kind: 'thing', states: () => Promise.resolve(stored) });
    const text = (revision: number) => canonicalJson(at(revision));
    expect(found).to.deep.equal([
      { kind: 'thing', id: 'changed', logged: text(1), stored: text(2) },
      { kind: 'thing', id: 'missing', logged: text(1), stored: null },
      { kind: 'thing', id: 'unknown', logged: null, stored: text(1) },
    ]);
  });
});
