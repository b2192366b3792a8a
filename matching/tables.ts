import { ClassTable } from './classes.ts';
import type { Books } from './columns.ts';
import { challengeValue } from './factors/challenge.ts';
import { DOMAIN_PARTS } from './factors/domain.ts';
import { practicalValue } from './factors/practical.ts';
import { reachValue } from './factors/reach.ts';
import { trlValue } from './factors/trl.ts';
import type { Model } from './model.ts';
import { Nearness } from './nearness.ts';

/** Factors that are read from tables alone. */
export interface Tables {
  readonly reach: ClassTable;
  readonly trl: ClassTable;
  readonly role: ClassTable;
  readonly field: ClassTable;
  readonly sector: ClassTable;
  readonly challenge: ClassTable;
  readonly practical: ClassTable;
  readonly needs: Nearness;
  readonly offers: Nearness;
}

const domainTable = (book: Books[keyof typeof DOMAIN_PARTS], part: keyof typeof DOMAIN_PARTS): ClassTable => {
  const { weight, fit } = DOMAIN_PARTS[part];
  return new ClassTable(book, (a, b) => weight * fit(a.prepared, b.prepared).value);
};

/** Tables of values, before any weight; they hold as long as the rules of the call are the same. */
export const tablesOf = (books: Books, { call, challenges, taxonomy }: Model): Tables => ({
  reach: new ClassTable(books.reach, (a, b) => reachValue(a.reach, b.reach)),
  trl: new ClassTable(books.trl, (a, b) => trlValue(a.prepared, b.prepared, call).value),
  role: domainTable(books.role, 'role'),
  field: domainTable(books.field, 'field'),
  sector: domainTable(books.sector, 'sector'),
  challenge: new ClassTable(books.challenge, (a, b) => challengeValue(a.cover, b.cover, challenges).value),
  practical: new ClassTable(books.practical, (a, b) => practicalValue(a.prepared, b.prepared).value),
  needs: new Nearness(books.needTerms, ({ prepared }) => prepared.needTerms, taxonomy),
  offers: new Nearness(books.offerTerms, ({ prepared }) => prepared.offerTerms, taxonomy),
});

/** Takes in the sets of terms that the books have got since; a generator, so that the caller can pause it. */
export function* extend({ needs, offers }: Tables): Generator<undefined, void, void> {
  yield* needs.extend();
  yield* offers.extend();
}
