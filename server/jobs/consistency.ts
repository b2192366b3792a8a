import type { SuggestionList } from '../../matching/types.ts';
import type { Matcher } from '../matching/matcher.ts';
import { sameEntries, type StoredLists } from '../suggestions/lists.ts';
import type { ListRecord } from '../suggestions/model.ts';
import type { JobRun } from './run.ts';

export interface ConsistencyDeps {
  readonly lists: Pick<StoredLists, 'all' | 'find'>;
  readonly matcher: Pick<Matcher, 'lists' | 'list' | 'explain' | 'rebuild'>;
}

const agrees = (stored: ListRecord | null, engine: SuggestionList | null): boolean =>
  stored !== null && engine !== null && sameEntries(stored.entries, engine.suggestions);

/**
 * Compares what is stored with what the engine says, and asks the engine whether every suggested pair is eligible. What differs is looked
 * at once more, since lists change while this runs; what still differs is put right by a rebuild.
 *
 * @throws the signal's reason where the run was stopped
 */
export async function checkConsistency(
  { lists, matcher }: ConsistencyDeps,
  { signal, progress }: JobRun,
): Promise<string> {
  const engine = new Map((await matcher.lists()).map((list) => [list.sme, list]));
  const total = engine.size;
  const suspects: string[] = [];
  let ineligible = 0;
  let checked = 0;
  for await (const stored of lists.all()) {
    signal.throwIfAborted();
    checked += 1;
    progress(checked, Math.max(total, checked));
    if (!agrees(stored, engine.get(stored._id) ?? null)) suspects.push(stored._id);
    engine.delete(stored._id);
    const explanations = await matcher.explain(
      stored._id,
      stored.entries.map(({ partner }) => partner),
    );
    const eligible = explanations.filter((explanation) => explanation.eligible).length;
    if (eligible < stored.entries.length) suspects.push(stored._id);
    ineligible += stored.entries.length - eligible;
  }
  const wrong: string[] = [];
  for (const smeId of new Set([...suspects, ...engine.keys()])) {
    if (!agrees(await lists.find(smeId), await matcher.list(smeId))) wrong.push(smeId);
  }
  if (wrong.length === 0)
    return `${checked} lists checked: all are as the engine says, every pair is eligible.`;
  await matcher.rebuild();
  return (
    `${checked} lists checked: ${wrong.length} were not as the engine says (${ineligible} pairs not eligible); ` +
    'all were computed and written anew.'
  );
}
