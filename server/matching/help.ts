import { ListSearch } from '../../matching/search/lists.ts';
import { fillSlot, writeOut } from '../../matching/search/together.ts';
import { TopLists } from '../../matching/topk.ts';
import { BLOCK, claimBlock, CONTROL, slotsOf, type RowsJob } from './rows-job.ts';

/** Takes part in a search until there is nothing left to claim, or it is over. */
export function help(job: RowsJob): void {
  const { scope, control, blocks } = job;
  const isOver = (): boolean => Atomics.load(control, CONTROL.over) === 1;
  if (isOver()) return;
  const search = new ListSearch(scope.tables, scope.shares);
  const lists = new TopLists(job.lists, job.length);
  for (let block = claimBlock(job); block >= 0 && !isOver(); block = claimBlock(job)) {
    const slots = slotsOf(job, block);
    for (let slot = slots.from; slot < slots.to; slot += 1) fillSlot(search, slot, scope, lists, slots.to);
    writeOut(slots, scope, lists, job.found);
    // Whoever began the search may have lost patience and done it meanwhile: then this is not needed.
    if (Atomics.compareExchange(blocks, block, BLOCK.open, BLOCK.helped) === BLOCK.open) {
      Atomics.add(control, CONTROL.done, 1);
      Atomics.notify(control, CONTROL.done);
    }
  }
}
