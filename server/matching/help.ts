import { PairSearch } from '../../matching/search/each-pair-once.ts';
import { ListSearch } from '../../matching/search/lists.ts';
import { inGroups } from '../../matching/search/sums.ts';
import { inBlock } from '../../matching/search/together.ts';
import { TopLists } from '../../matching/topk.ts';
import { claimant, claimBlock, CONTROL, slotsOf, STATE, type HelperJob } from './rows-job.ts';

/** Takes part in a search until there is nothing left to claim, or it is over. */
export function help(job: HelperJob): void {
  const { scope, control, states, helper } = job;
  const isOver = (): boolean => Atomics.load(control, CONTROL.over) === 1;
  if (isOver()) return;
  const lists = new TopLists(job.lists, job.length);
  const work = new PairSearch(new ListSearch(scope.tables, scope.shares), scope, lists);
  // Whoever began the search may be done meanwhile.
  if (Atomics.compareExchange(states, helper, STATE.idle, STATE.working) !== STATE.idle) return;
  for (let block = claimBlock(job, claimant(helper)); block >= 0; block = claimBlock(job, claimant(helper))) {
    const { from, to } = slotsOf(job, block);
    work.exchange(job.floors);
    for (const slots of inGroups(inBlock({ from, to }))) for (const slot of slots) work.search(slot, slots);
    if (isOver()) return;
    tell(control);
  }
  const found = job.found[helper];
  if (!found) return;
  lists.writeTo(found);
  // Whoever began the search may have lost patience and done it all: then this is not needed.
  Atomics.compareExchange(states, helper, STATE.working, STATE.done);
  tell(control);
}

function tell(control: Int32Array): void {
  Atomics.add(control, CONTROL.done, 1);
  Atomics.notify(control, CONTROL.done);
}
