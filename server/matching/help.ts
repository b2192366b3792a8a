import { ListSearch } from '../../matching/search/lists.ts';
import { writeOut } from '../../matching/search/together.ts';
import { TopLists } from '../../matching/topk.ts';
import { BLOCK, claimBlock, CONTROL, slotsOf, type RowsJob } from './rows-job.ts';

/** Takes part in a search until there is nothing left to claim, or it is over. */
export function help(job: RowsJob): void {
  const { tables, shares, control, blocks } = job;
  const isOver = (): boolean => Atomics.load(control, CONTROL.over) === 1;
  if (isOver()) return;
  const search = new ListSearch(tables, shares);
  const lists = new TopLists(tables.positions, job.length);
  for (let block = claimBlock(job); block >= 0 && !isOver(); block = claimBlock(job)) {
    const slots = slotsOf(job, block);
    for (let slot = slots.from; slot < slots.to; slot += 1) search.fill(slot, lists);
    writeOut(slots, tables, lists, job);
    // Whoever began the search may have lost patience and done it meanwhile: then this is not needed.
    if (Atomics.compareExchange(blocks, block, BLOCK.open, BLOCK.helped) === BLOCK.open) {
      Atomics.add(control, CONTROL.done, 1);
      Atomics.notify(control, CONTROL.done);
    }
  }
}
