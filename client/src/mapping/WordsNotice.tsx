import type { WordsRead } from '../../../server/mapping/schema.ts';
import { setQuery } from '../app/router.ts';
import { Button } from '../components/Button.tsx';
import { Notice } from '../components/feedback.tsx';
import { t } from '../strings/text.ts';

const words = t.mapping;

/** What was made of the words that were typed. */
export function WordsNotice({ found }: { found: WordsRead }) {
  const { didYouMean } = found;
  if (found.readAs.length === 0 && !found.someWords && didYouMean === null) return null;
  return (
    <Notice>
      {found.readAs.map(({ typed, as }) => (
        <p key={typed}>{words.readAs(typed, as.map((word) => `“${word}”`).join(', '))}</p>
      ))}
      {found.someWords && <p>{words.someWords}</p>}
      {didYouMean !== null && (
        <p>
          {words.didYouMean}{' '}
          <Button
            kind="quiet"
            small
            onClick={() => {
              setQuery({ q: didYouMean });
            }}
          >
            {didYouMean}
          </Button>
          ?
        </p>
      )}
    </Notice>
  );
}
