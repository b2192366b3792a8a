import { expect } from 'chai';
import { emptyDraft } from '../../../client/src/profile/draft.ts';
import { edited } from '../../../client/src/profile/edit.ts';
import { isChanged, rebase } from '../../../client/src/profile/rebase.ts';

const base = { ...emptyDraft('2026-03-01'), name: 'Radar Ltd', country: 'PT', city: 'Faro' };

describe('client: a profile that somebody else changed meanwhile', () => {
  it('keeps what was typed and takes everything else from the newer version', () => {
    const result = rebase(base, { ...base, city: 'Lagos' }, { ...base, name: 'Radar and Sons Ltd' });
    expect(result.draft).to.include({ city: 'Lagos', name: 'Radar and Sons Ltd' });
    expect(result.both).to.deep.equal([]);
  });

  it('names what both changed, and lets the reader’s stand', () => {
    const result = rebase(base, { ...base, city: 'Lagos' }, { ...base, city: 'Tavira' });
    expect(result.draft.city).to.equal('Lagos');
    expect(result.both).to.deep.equal(['city']);
  });

  it('names nothing where both made the same change', () => {
    const same = { ...base, city: 'Lagos' };
    expect(rebase(base, same, { ...same }).both).to.deep.equal([]);
  });

  it('tells an unchanged form from a changed one', () => {
    expect(isChanged(base, structuredClone(base))).to.equal(false);
    expect(isChanged(base, { ...base, languages: ['en'] })).to.equal(true);
  });

  it('drops the mark of a demo answer that an edit replaces, and only that', () => {
    const marked = { ...base, demoAnswers: ['needs' as const, 'languages' as const] };
    expect(edited(marked, { languages: ['pt'] }, ['languages']).demoAnswers).to.deep.equal(['needs']);
  });
});
