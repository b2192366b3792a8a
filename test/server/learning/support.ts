import { consortiumModel } from '../../../server/consortia/model.ts';
import { newId } from '../../../server/storage/ids.ts';
import { answerModel } from '../../../server/suggestions/model.ts';
import type { TestApp } from '../../support/app.ts';

/** From whom, about whom, and why; numbers are places in the list of ids. */
export type Decline = readonly [from: number, about: number, reason: string];
export type Formed = readonly [number, number];

/** Answers 'not for me' and formed consortia, as the product stores them. A number beyond the list is an SME that is gone. */
export async function storeAnswers(
  app: TestApp,
  ids: readonly string[],
  { declines, formed }: { declines: readonly Decline[]; formed: readonly Formed[] },
): Promise<void> {
  const { connection } = app.storage.storage;
  const at = new Date();
  const idOf = (number: number): string => ids[number] ?? `gone-${number}`;
  await answerModel(connection).insertMany(
    declines.map(([from, about, reason]) => ({
      _id: newId(),
      smeId: idOf(from),
      partnerId: idOf(about),
      state: 'standing',
      answer: 'not-for-me',
      reason,
      by: 'x',
      updatedAt: at,
    })),
  );
  await consortiumModel(connection).insertMany(
    formed.map(([one, other]) => {
      const [a = '', b = ''] = [idOf(one), idOf(other)].toSorted();
      const id = newId();
      const times = { createdAt: at, updatedAt: at, formedAt: at };
      const parts = { callId: 'call', smeIds: [a, b], clusterIds: [], state: 'formed', openKey: id };
      return { _id: id, a, b, ...parts, ...times, details: {}, version: 1 };
    }),
  );
}

/** Of 24 SMEs as `registerSmes` makes them: places to guard with makers of sensors said yes, two of a kind said no. */
export const PLENTY: { readonly declines: readonly Decline[]; readonly formed: readonly Formed[] } = {
  declines: Array.from({ length: 22 }, (_, i): Decline => [i + 1, (i + 5) % 24, 'other']),
  formed: Array.from({ length: 11 }, (_, i): Formed => [i + 1, i + 12]),
};
