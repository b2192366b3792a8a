import { expect } from 'chai';
import fc from 'fast-check';
import {
  applyWaiting,
  changeBetween,
  isSame,
  receiveList,
  startList,
} from '../../../client/src/partners/list.ts';
import type { PartnerCard, PartnersView } from '../../../server/suggestions/schema.ts';

function card(id: string, rank: number, score = 1 - rank / 100): PartnerCard {
  return {
    partner: {
      id,
      name: `Company ${id}`,
      country: 'FR',
      city: null,
      website: null,
      clusterId: null,
      clusterName: null,
      sizeClass: 'small',
      headline: '',
      trl: null,
      available: true,
      demoAnswers: [],
    },
    rank,
    score,
    factors: [],
    summary: '',
    youBring: [],
    theyBring: [],
  };
}
function list(listVersion: number, ids: readonly string[], smeId = 'me'): PartnersView {
  const partners = ids.map((id, place) => card(id, place + 1));
  return {
    smeId,
    listVersion,
    weightsVersion: 1,
    computedAt: null,
    advice: null,
    inConsortium: false,
    partners,
  };
}
const ids = (view: PartnersView): string[] => view.partners.map((one) => one.partner.id);

describe('client: partner list', () => {
  it('shows a newer list at once where the reader is not busy, and marks who is new', () => {
    const state = receiveList(startList(list(1, ['a', 'b'])), list(2, ['c', 'a']), {
      cause: 'weights',
      busy: false,
    });
    expect(ids(state.shown)).to.deep.equal(['c', 'a']);
    expect([...state.fresh]).to.deep.equal(['c']);
    expect(state.waiting).to.equal(null);
  });

  it('holds a newer list back while the reader is busy, with every cause since', () => {
    let state = startList(list(1, ['a', 'b']));
    state = receiveList(state, list(2, ['c', 'a']), { cause: 'weights', busy: true });
    state = receiveList(state, list(3, ['d', 'a']), { cause: 'profile', busy: true });
    state = receiveList(state, list(4, ['d', 'e']), { cause: 'weights', busy: true });
    expect(ids(state.shown)).to.deep.equal(['a', 'b']);
    expect(state.causes).to.deep.equal(['weights', 'profile']);
    const applied = applyWaiting(state);
    expect(ids(applied.shown)).to.deep.equal(['d', 'e']);
    expect([...applied.fresh]).to.deep.equal(['d', 'e']);
    expect(applied.causes).to.deep.equal([]);
  });

  it('ignores a list that is older, repeated or of another SME', () => {
    const state = startList(list(5, ['a']));
    for (const view of [list(4, ['b']), list(5, ['b']), list(6, ['b'], 'another')]) {
      expect(receiveList(state, view, { cause: null, busy: false })).to.equal(state);
    }
  });

  it('takes a list over quietly where the reader would not see a difference', () => {
    const before = receiveList(startList(list(1, ['a'])), list(2, ['a', 'b']), {
      cause: 'pool',
      busy: false,
    });
    const after = receiveList(before, list(3, ['a', 'b']), { cause: 'rebuild', busy: true });
    expect(after.waiting).to.equal(null);
    expect(after.shown.listVersion).to.equal(3);
    expect([...after.fresh]).to.deep.equal(['b']);
  });

  it('names who entered, left, moved and was scored anew', () => {
    const before = list(1, ['a', 'b', 'c']);
    const after = list(2, ['b', 'a', 'd']);
    expect(changeBetween(before, after)).to.deep.equal({
      entered: ['d'],
      left: ['c'],
      moved: ['b', 'a'],
      rescored: ['b', 'a'],
    });
    expect(isSame(changeBetween(before, list(2, ['a', 'b', 'c'])))).to.equal(true);
  });

  it('shows the newest list in the end, whatever the order and the reader', () => {
    const versions = fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.boolean()), { minLength: 1 });
    fc.assert(
      fc.property(versions, (arrivals) => {
        let state = startList(list(0, []));
        for (const [version, busy] of arrivals) {
          state = receiveList(state, list(version, [`p${version}`]), { cause: null, busy });
        }
        const newest = Math.max(...arrivals.map(([version]) => version));
        expect(applyWaiting(state).shown.listVersion).to.equal(newest);
      }),
    );
  });
});
