import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect } from 'chai';
import { z } from 'zod';
import { porterStem } from '../../../matching/text/porter.ts';
import { isVerbOrAdverb } from '../../../matching/text/verbs-and-adverbs.ts';

const LEXICON = 'natural/lib/natural/brill_pos_tagger/data/English/lexicon_from_posjs.json';

describe('verbs and adverbs', () => {
  it('are those stems of the lexicon of which no word is a noun or an adjective first of all', () => {
    const file = createRequire(import.meta.url).resolve(LEXICON);
    const lexicon = z.record(z.string(), z.array(z.string())).parse(JSON.parse(readFileSync(file, 'utf8')));
    const names = new Map<string, boolean>();
    for (const [word, [first = '']] of Object.entries(lexicon)) {
      if (!/^[a-z]{3,}$/.test(word)) continue;
      const stem = porterStem(word);
      names.set(stem, (names.get(stem) ?? false) || /^(?:NN|JJ)/.test(first));
    }
    const wrong = [...names].flatMap(([stem, isName]) => (isVerbOrAdverb(stem) === isName ? [stem] : []));
    expect(wrong).to.deep.equal([]);
  });

  it('leave nouns, adjectives and words that no lexicon knows', () => {
    const stems = ['detection', 'forensic', 'blockchain', 'ever', 'solving'].map(porterStem);
    expect(stems.map(isVerbOrAdverb)).to.deep.equal([false, false, false, true, true]);
  });
});
