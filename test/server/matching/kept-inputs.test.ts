import { expect } from 'chai';
import { canonicalJson } from '../../../matching/canonical.ts';
import { DEFAULT_WEIGHTS, MatchingIndex } from '../../../matching/index.ts';
import { KeptInputs } from '../../../server/matching/kept-inputs.ts';
import { sha256 } from '../../../server/runs/hash.ts';
import { buildCall, buildProfile, TAXONOMY } from '../../matching/support/pool.ts';

const options = { minScore: 0, aim: 'total', over: 'lists', pinned: [], forbidden: [] } as const;
const index = new MatchingIndex({ taxonomy: TAXONOMY, call: buildCall(), weights: DEFAULT_WEIGHTS });

/** The inputs of the index with these SMEs. */
function inputsWith(...ids: string[]) {
  index.upsert(ids.map((id) => buildProfile({ id, name: `Company ${id}, as it is` })));
  for (const _ of index.refresh());
  return index.inputs();
}

describe('the inputs of recent runs', () => {
  it('are texts whose hashes are those of the manifest', () => {
    const kept = new KeptInputs();
    const inputs = inputsWith('B', 'A');
    const { profiles, call, taxonomy } = kept.note(inputs, options);
    const texts = kept.texts([...profiles, call, taxonomy, 'unknown']);
    expect(texts.map(({ hash }) => hash)).to.deep.equal([...profiles, call, taxonomy]);
    for (const { hash, text } of texts) expect(sha256(text)).to.equal(hash);
    expect(texts[0]?.text).to.equal(canonicalJson(inputs.profiles[0]));
  });

  it('are kept for the last few runs only', () => {
    const kept = new KeptInputs();
    const [first = ''] = kept.note(inputsWith('A'), options).profiles;
    index.remove(['A']);
    for (let run = 0; run < 3; run += 1) kept.note(inputsWith('B'), options);
    expect(kept.texts([first])).to.have.length(1);
    const { profiles } = kept.note(inputsWith('B'), options);
    expect(kept.texts([first])).to.deep.equal([]);
    expect(kept.texts(profiles)).to.have.length(1);
  });
});
