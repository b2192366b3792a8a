import { setQuery } from '../app/router.ts';
import { RadioGroup, SelectField } from '../components/fields.tsx';
import { t } from '../strings/text.ts';
import { AIMS, askedAim, askedPoints, LEAST_POINTS } from './asked.ts';

const words = t.pairs.asked;

/** What counts as the best set of pairs; stands in the address bar. */
export function AskedPairs() {
  return (
    <section class="card pairs-asked" aria-label={words.title}>
      <RadioGroup
        legend={words.aim}
        name="aim"
        value={askedAim()}
        onChange={(aim) => {
          setQuery({ aim: aim === 'total' ? null : aim });
        }}
        choices={AIMS.map((aim) => ({ value: aim, label: words.aims[aim], hint: words.aimHints[aim] }))}
      />
      <SelectField
        label={words.least}
        name="least"
        hint={words.leastHint}
        value={String(askedPoints() ?? '')}
        choices={[
          { value: '', label: words.anyScore },
          ...LEAST_POINTS.map((points) => ({ value: String(points), label: words.points(points) })),
        ]}
        onChange={(least) => {
          setQuery({ least });
        }}
      />
    </section>
  );
}
