import { expect } from 'chai';
import fc from 'fast-check';
import { DEMAND } from '../../../server/interests/model.ts';
import { afterReply, turnOf } from '../../../server/interests/transitions.ts';

type Standing = Parameters<typeof afterReply>[0];

const begun = (companies: readonly string[], by: string): Standing => ({
  _id: 'i1',
  state: 'open',
  startedBy: by === DEMAND ? 'demand' : 'sme',
  starterSmeId: by === DEMAND ? null : by,
  waitsFor: by === DEMAND ? [...companies] : [...companies.filter((id) => id !== by), DEMAND],
  shown: by === DEMAND || companies.length === 1,
  openKey: 'n1:a:b',
});

const sides = ['a', 'b', DEMAND, 'stranger'];
const reply = fc.record({
  side: fc.constantFrom(...sides),
  reply: fc.constantFrom('accept' as const, 'accept' as const, 'decline' as const, 'withdraw' as const),
  reason: fc.constant('because'),
});

describe('replies to an interest', () => {
  it('agree only once everybody concerned has said yes, in whatever order they come', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('a', DEMAND),
        fc.constantFrom(['a'], ['a', 'b']),
        fc.array(reply, { maxLength: 12 }),
        (by, companies, replies) => {
          let standing = begun(companies, by);
          const yes = new Set<string>([by]);
          for (const one of replies) {
            const due = turnOf(standing);
            const outcome = afterReply(standing, one.side, one);
            if (!outcome.ok) continue;
            if (one.reply === 'withdraw') expect(one.side).to.equal(by);
            else expect(due).to.include(one.side);
            if (one.reply === 'accept') yes.add(one.side);
            standing = { ...standing, ...outcome.change };
          }
          if (standing.state === 'accepted') {
            expect([...yes]).to.include.members([...companies, DEMAND]);
            expect(standing.waitsFor).to.deep.equal([]);
          }
          // An ended one gives its place free, an open or agreed one keeps it.
          const over = standing.state !== 'open' && standing.state !== 'accepted';
          expect(standing.openKey).to.equal(over ? 'i1' : 'n1:a:b');
        },
      ),
      { numRuns: 300 },
    );
  });

  it('keep a proposal of two companies from the organisation until both agree', () => {
    const standing = begun(['a', 'b'], 'a');
    expect(standing.shown).to.equal(false);
    expect(afterReply(standing, DEMAND, { reply: 'accept', reason: '' })).to.include({ ok: false });
    const outcome = afterReply(standing, 'b', { reply: 'accept', reason: '' });
    expect(outcome.ok && outcome.change).to.include({ shown: true, state: 'open' });
  });
});
