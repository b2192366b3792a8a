import { expect } from 'chai';
import { taskReport, together, type Measured } from '../../../scripts/evaluate/report.ts';

/** What two ways of ranking reached at the questions of one period; every figure of a question is the same number. */
const period = (groups: readonly string[], plain: readonly number[], own: readonly number[]): Measured[] => {
  const values = (numbers: readonly number[]) =>
    numbers.map((value) => ({
      'hit@10': value,
      'recall@50': value,
      MRR: value,
      AUC: value,
      'AUC active': value,
    }));
  const measured = {
    groups,
    values: new Map([
      ['BM25', values(plain)],
      ['Tandem', values(own)],
    ]),
  };
  return [
    { task: 'A', scope: 'new', ...measured },
    { task: 'B', scope: 'new', ...measured },
  ];
};

describe('the questions of several periods together', () => {
  const all = together([period(['x'], [0], [1]), period(['x', 'y'], [0.5, 1], [0, 1])]);

  it('count each question once, and an asker that comes twice as one group', () => {
    expect(all.map(({ task }) => task)).to.deep.equal(['A', 'B']);
    const [report] = all.map(taskReport);
    expect(report).to.include({ questions: 3, groups: 2 });
  });

  it('are compared with BM25 question by question', () => {
    const tandem = all.map(taskReport)[1]?.rows.find(({ name }) => name === 'Tandem');
    expect(tandem?.figures.AUC.mean).to.be.closeTo(2 / 3, 1e-12);
    expect(tandem?.against.AUC.mean).to.be.closeTo((1 - 0.5 + 0) / 3, 1e-12);
  });

  it('are none where no period was measured', () => {
    expect(together([])).to.deep.equal([]);
  });
});
