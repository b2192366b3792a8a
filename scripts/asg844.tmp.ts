import { MatchingIndex } from '../matching/index.ts';
import { createTaxonomyService } from '../server/taxonomy/service.ts';
import { readCompanyFile } from './match/companies.ts';
import { readCall, readWeights } from './match/inputs.ts';
const taxonomy = createTaxonomyService();
const { profiles } = await readCompanyFile('/work/shared/data/cordis-smes.csv', taxonomy);
for (const listLength of [10, 20]) {
  const index = new MatchingIndex({
    taxonomy: taxonomy.terms,
    call: readCall(null, taxonomy),
    weights: readWeights(null),
    listLength,
  });
  index.upsert(profiles);
  let t = performance.now();
  const w = index.refresh();
  while (w.next().done !== true);
  console.log('refresh', profiles.length, performance.now() - t);
  for (const aim of ['total', 'stable', 'everybody'] as const)
    for (const over of ['lists', 'all-pairs'] as const)
      for (let k = 0; k < 3; k++) {
        t = performance.now();
        const r = index.pairs({ aim, over });
        const took = performance.now() - t;
        t = performance.now();
        const f = index.verify(r);
        if (k !== 1)
          console.log(
            listLength,
            aim,
            over,
            took.toFixed(1),
            'verify',
            (performance.now() - t).toFixed(1),
            f.slice(0, 2),
            r.pairs.length,
            r.total,
            r.bound,
            r.status,
            r.price,
            r.proof.sets.length,
          );
      }
}
