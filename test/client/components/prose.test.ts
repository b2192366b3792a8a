import { expect } from 'chai';
import fc from 'fast-check';
import { blocksOf, hostOf, plainWords } from '../../../client/src/components/prose.ts';

describe('light Markdown', () => {
  it('makes paragraphs, lists, strong and emphasised words and links', () => {
    const blocks = blocksOf(
      'Dear **all**,\nread *this*:\n\n- [here](https://a.eu/x)\n- https://b.eu.\n\nBye',
    );
    expect(blocks.map(({ kind }) => kind)).to.deep.equal(['paragraph', 'list', 'paragraph']);
    expect(blocks[0]?.lines[0]?.[1]).to.deep.equal({ kind: 'strong', text: 'all' });
    expect(blocks[0]?.lines[1]?.[1]).to.deep.equal({ kind: 'emphasis', text: 'this' });
    expect(blocks[1]?.lines[0]?.[0]).to.deep.equal({ kind: 'link', text: 'here', url: 'https://a.eu/x' });
    expect(blocks[1]?.lines[1]?.[0]).to.deep.equal({
      kind: 'link',
      text: 'https://b.eu',
      url: 'https://b.eu',
    });
  });

  it('links to https and to nothing else', () => {
    const text = '[a](javascript:alert(1)) [b](http://b.eu) [c](data:text/html,x) <a href="https://d.eu">';
    const links = blocksOf(text).flatMap(({ lines }) =>
      lines.flat().flatMap((span) => (span.kind === 'link' ? span.url : [])),
    );
    expect(links).to.deep.equal(['https://d.eu']);
  });

  it('loses no word, whatever is written', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', '*', '[', ']', '(', ')', ' ', '\n', '-') }),
        (text) => {
          const shown = blocksOf(text)
            .flatMap(({ lines }) => lines.flat().map((span) => span.text))
            .join('');
          expect(shown.replace(/[^a]/g, '')).to.equal(text.replace(/[^a]/g, ''));
        },
      ),
    );
  });

  it('reads as one line without its marks', () => {
    expect(
      plainWords('The **call** is\nopen.\n\n- tell *all*\n- [read](https://a.eu/b)\n\nThanks.'),
    ).to.equal('The call is open. tell all; read Thanks.');
  });

  it('names the host of a link', () => {
    expect(hostOf('https://files.example.eu/a/b?c')).to.equal('files.example.eu');
    expect(hostOf('nonsense')).to.equal('nonsense');
  });
});
