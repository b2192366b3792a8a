import { expect } from 'chai';
import { findPhases, solution } from './support.ts';
import { taxonomy } from '../smes/support.ts';

describe('phases of a solution', () => {
  it('are those that the SME chose, whatever its capabilities say', () => {
    const chosen = solution({ phases: ['recover'], capabilities: ['cryptology'] });
    expect(findPhases(chosen)).to.deep.equal({ phases: ['recover'], origin: 'declared' });
  });

  it('are derived from its capabilities where it chose none, and say so', () => {
    const detector = solution({ capabilities: ['intrusion_detection_honeypots', 'hash_functions'] });
    expect(findPhases(detector)).to.deep.equal({ phases: ['protect', 'detect'], origin: 'derived' });
  });

  it('stay unknown where nothing says them', () => {
    const unknown = { phases: [], origin: 'unknown' };
    expect(findPhases(solution({ technologies: ['uav'] }))).to.deep.equal(unknown);
    expect(findPhases(solution({ capabilities: ['theoretical_foundations'] }))).to.deep.equal(unknown);
  });

  it('are known for every domain of the taxonomy but the one that no phase stands for', () => {
    const silent = taxonomy.terms.filter(
      ({ id, facet }) =>
        facet === 'knowledge_domain' && findPhases(solution({ capabilities: [id] })).origin === 'unknown',
    );
    expect(silent.every(({ id, broader }) => (broader ?? id) === 'theoretical_foundations')).to.equal(true);
  });
});
