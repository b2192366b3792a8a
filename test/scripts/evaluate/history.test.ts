import { expect } from 'chai';
import {
  companiesAsOf,
  earlierPeriods,
  materialOf,
  type History,
} from '../../../scripts/evaluate/history.ts';

/** Made for this test; no real companies or projects. */
const project = (id: string, start: string) => ({
  id,
  acronym: id.toUpperCase(),
  title: `Title of ${id}`,
  objective: `What ${id} is for.`,
  start,
  domains: [`domain-${id}`],
  tags: [],
});
const company = (id: string, country: string) => ({
  id,
  name: id,
  country,
  domains: ['later'],
  tags: ['later'],
  headline: 'later',
  ownText: 'later',
  text: 'later',
  projects: 9,
  projectIds: [],
});
const history: History = {
  companies: [company('a', 'FR'), company('b', 'IT'), company('c', 'IT'), company('d', 'FR')],
  projects: [project('p1', '2008-05-01'), project('p2', '2009-06-01'), project('p3', '2011-01-01')],
  participations: [
    { company: 'a', project: 'p1' },
    { company: 'b', project: 'p1' },
    { company: 'a', project: 'p2' },
    { company: 'c', project: 'p2' },
    { company: 'a', project: 'p3' },
    { company: 'b', project: 'p3' },
    { company: 'c', project: 'p3' },
    { company: 'd', project: 'p3' },
  ],
  collaborations: [
    { a: 'a', b: 'b', start: '2008-05-01' },
    { a: 'a', b: 'c', start: '2009-06-01' },
  ],
};

describe('an earlier period', () => {
  it('knows of each company what had started by then, newest first, and nothing later', () => {
    const companies = companiesAsOf(history, '2010-01-01');
    expect(companies.map(({ id }) => id)).to.deep.equal(['a', 'b', 'c']);
    expect(companies[0]).to.include({
      text: 'Title of p2. What p2 is for. Title of p1. What p1 is for.',
      headline: 'P2: Title of p2; P1: Title of p1',
      projects: 2,
      ownText: '',
    });
    expect(JSON.stringify(companies)).to.not.match(/p3|later/);
  });

  it('asks for partners of another country in the projects that started within it', () => {
    const { profileTask, needTask, known } = materialOf(history, { from: '2010-01-01', until: '2013-01-01' });
    const right = profileTask.map(({ asker, right: partners }) => [asker, [...partners].sort()]);
    expect(Object.fromEntries(right)).to.deep.equal({ a: ['b', 'c'], b: ['a'], c: ['a'] });
    // d has no profile yet, and asks all the same
    expect(needTask.map(({ key }) => key.join())).to.have.members(['p3,a', 'p3,b', 'p3,c', 'p3,d']);
    expect([...(known.get('a') ?? [])]).to.have.members(['b', 'c']);
  });

  it('is asked about at most three years, and none after the last known day', () => {
    expect(earlierPeriods('2014-01-01')).to.deep.equal([
      { from: '2010-01-01', until: '2013-01-01' },
      { from: '2011-01-01', until: '2014-01-01' },
      { from: '2012-01-01', until: '2014-01-01' },
      { from: '2013-01-01', until: '2014-01-01' },
    ]);
  });
});
