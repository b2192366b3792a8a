import { expect } from 'chai';
import { completeness, mostUsefulField } from '../../matching/completeness.ts';
import { DEFAULT_WEIGHTS } from '../../matching/weights.ts';
import { buildNeed, buildProfile, buildSolution } from './support/pool.ts';

const empty = buildProfile({ id: 'a' });
const full = buildProfile({
  id: 'a',
  marketRole: 'deep-tech',
  languages: ['en'],
  sizeClass: 'micro',
  solutions: [
    buildSolution({
      offer: 'drone',
      trl: 7,
      capabilities: ['ai'],
      fields: ['disasters'],
      sectors: ['energy'],
    }),
  ],
  needs: [buildNeed({ words: 'a camera', technologies: ['uav'] })],
});

describe('completeness of a profile', () => {
  it('goes from nothing to all, and names each field once', () => {
    expect(completeness(empty).share).to.equal(0);
    expect(completeness(full).share).to.equal(1);
    const names = completeness(empty).fields.map(({ field }) => field);
    expect(new Set(names).size).to.equal(names.length);
  });

  it('does not count blanks as words', () => {
    const blank = {
      ...empty,
      solutions: [buildSolution({ offer: '  \n ' })],
      needs: [buildNeed({ words: ' ' })],
    };
    expect(completeness(blank).share).to.equal(0);
  });

  it('names the empty field that opens most of the weight', () => {
    expect(mostUsefulField(empty, DEFAULT_WEIGHTS)?.field).to.equal('solutions.offer');
    const described = { ...empty, solutions: [buildSolution({ offer: 'drone' })] };
    expect(mostUsefulField(described, DEFAULT_WEIGHTS)?.field).to.equal('solutions.capabilities');
    const onlyTrl = { capability: 0, text: 0, trl: 100, domain: 0, challenge: 0, reach: 0, practical: 0 };
    const useful = mostUsefulField(empty, onlyTrl);
    expect(useful?.field).to.equal('solutions.trl');
    expect(useful?.factors).to.deep.equal(['trl']);
    expect(useful?.sentence).to.match(/^Adding the TRL of your solution would help/);
  });

  it('has nothing to say where all is filled, or where no empty field has weight', () => {
    expect(mostUsefulField(full, DEFAULT_WEIGHTS)).to.equal(undefined);
    const onlyReach = { capability: 0, text: 0, trl: 0, domain: 0, challenge: 0, reach: 1, practical: 0 };
    expect(mostUsefulField(empty, onlyReach)).to.equal(undefined);
  });
});
