import { expect } from 'chai';
import { PARTS_MOST } from '../../../matching/index.ts';
import { mergeNeeds } from '../../../server/challenges/merge.ts';

const need = (given: Partial<Parameters<typeof mergeNeeds>[0][number]>) => ({
  _id: 'n',
  title: 'Title',
  words: 'words',
  trlMin: null,
  trlMax: null,
  capabilities: [],
  technologies: [],
  fields: [],
  sectors: [],
  ...given,
});

describe('needs put together', () => {
  it('have all their terms, the widest readiness and all their words', () => {
    const merged = mergeNeeds([
      need({ _id: 'a', title: 'One', words: 'first', capabilities: ['x'], trlMin: 7, trlMax: 8 }),
      need({ _id: 'b', title: 'Two', words: 'second', capabilities: ['x', 'y'], trlMin: 6, trlMax: null }),
    ]);
    expect(merged).to.deep.include({
      capabilities: ['x', 'y'],
      trlMin: 6,
      trlMax: null,
      needIds: ['a', 'b'],
    });
    expect(merged.words).to.equal('One: first\n\nTwo: second');
  });

  it('take any readiness where one of them does', () => {
    expect(mergeNeeds([need({ trlMin: 7 }), need({ trlMin: null })]).trlMin).to.equal(null);
  });

  it('keep the terms that most of them want where there are too many', () => {
    const many = Array.from({ length: PARTS_MOST + 5 }, (_, i) => `t${String(i).padStart(2, '0')}`);
    const merged = mergeNeeds([need({ technologies: many }), need({ technologies: ['t34'] })]);
    expect(merged.technologies).to.have.length(PARTS_MOST);
    expect(merged.technologies).to.include('t34');
  });
});
