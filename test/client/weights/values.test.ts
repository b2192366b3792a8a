import { expect } from 'chai';
import { allZero, changesOf, sameValues, sharesOf, weightOf } from '../../../client/src/weights/values.ts';
import type { WeightValues } from '../../../server/weights/schema.ts';

const values: WeightValues = {
  capability: 40,
  text: 20,
  trl: 10,
  domain: 10,
  challenge: 10,
  reach: 5,
  practical: 5,
};

describe('client: weight values', () => {
  it('gives the share of each factor', () => {
    expect(sharesOf(values).capability).to.equal(0.4);
    expect(sharesOf({ ...values, capability: 0 }).text).to.be.closeTo(1 / 3, 1e-12);
  });

  it('gives no shares where nothing counts', () => {
    const nothing: WeightValues = {
      capability: 0,
      text: 0,
      trl: 0,
      domain: 0,
      challenge: 0,
      reach: 0,
      practical: 0,
    };
    expect(allZero(nothing)).to.equal(true);
    expect(sharesOf(nothing)).to.deep.equal(nothing);
  });

  it('takes whole numbers from 0 to 100 only', () => {
    expect(['0', '100', ' 7 ', '101', '-1', '1.5', '1e1', '', 'ten'].map(weightOf)).to.deep.equal([
      0,
      100,
      7,
      null,
      null,
      null,
      null,
      null,
      null,
    ]);
  });

  it('names what a version changed', () => {
    expect(changesOf({ values: { ...values, reach: 15 }, before: values })).to.deep.equal([
      { factor: 'reach', before: 5, after: 15 },
    ]);
    expect(changesOf({ values, before: null })).to.deep.equal([]);
    expect(sameValues(values, { ...values })).to.equal(true);
    expect(sameValues(values, { ...values, trl: 11 })).to.equal(false);
  });
});
