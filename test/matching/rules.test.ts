import { expect } from 'chai';
import { ownRefusals, refusals } from '../../matching/rules.ts';
import type { Profile, ReasonCode } from '../../matching/types.ts';
import { buildCall, buildProfile, buildSolution } from './support/pool.ts';

const a = buildProfile({ id: 'a' });
const b = buildProfile({ id: 'b', country: 'IT' });
const call = buildCall();
const codes = (one: Profile, other: Profile, rules = call): ReasonCode[] =>
  refusals(one, other, rules).map(({ code }) => code);

describe('the hard rules', () => {
  it('let two unknown SMEs of two eligible countries pass: nothing undeclared refuses', () => {
    expect(codes(a, b)).to.deep.equal([]);
  });

  it('let two of one country pass where crossing a border is a bonus', () => {
    expect(codes(a, { ...b, country: 'FR' }, { ...call, crossBorder: 'bonus' })).to.deep.equal([]);
  });

  const cases: [ReasonCode, Profile, Profile][] = [
    ['same-country', a, { ...b, country: 'FR' }],
    ['country-not-eligible', a, { ...b, country: 'US' }],
    ['not-an-sme', a, { ...b, sizeClass: 'not-an-sme' }],
    ['not-independent', { ...a, group: 'g' }, { ...b, group: 'g' }],
    ['conflict-of-interest', a, { ...b, conflicts: ['a'] }],
    ['declined', { ...a, declined: ['b'] }, b],
    ['unavailable', a, { ...b, available: false }],
    ['trl-outside-window', a, { ...b, solutions: [buildSolution({ trl: 3 }), buildSolution({ trl: 4 })] }],
    ['same-sme', a, a],
  ];
  for (const [code, one, other] of cases) {
    it(`refuse with ${code}, whichever way round, and say so in a sentence`, () => {
      expect(codes(one, other)).to.deep.equal([code]);
      expect(codes(other, one)).to.deep.equal([code]);
      expect(refusals(one, other, call)[0]?.sentence).to.match(/^[A-Z].+\.$/);
    });
  }

  it('refuse an SME that is already in a consortium of the call', () => {
    expect(codes(a, b, buildCall({ taken: ['b'] }))).to.deep.equal(['already-in-consortium']);
  });

  it('never refuse for TRL where one solution has none, or one is inside the window', () => {
    const unknown = { ...b, solutions: [buildSolution({ trl: 3 }), buildSolution({ trl: null })] };
    const inside = { ...b, solutions: [buildSolution({ trl: 3 }), buildSolution({ trl: 6 })] };
    expect(ownRefusals(unknown, call)).to.deep.equal([]);
    expect(ownRefusals(inside, call)).to.deep.equal([]);
  });

  it('name every reason at once', () => {
    const bad = { ...b, country: 'US', available: false };
    expect(codes({ ...a, conflicts: ['b'] }, bad)).to.have.members([
      'country-not-eligible',
      'unavailable',
      'conflict-of-interest',
    ]);
  });
});
