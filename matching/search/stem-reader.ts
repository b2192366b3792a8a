import type { Features } from '../features.ts';

/** How often an SME has a stem: what it seeks (two bits), then what it offers (two bits). */
export const SEEK_SHIFT = 2;
export const TIMES_MASK = 3;

/** Reads the stems of what an SME seeks or offers, each once, without those that say nothing. Its arrays hold the last one that was read. */
export class StemReader {
  /** Numbers in the vocabulary, rising. */
  stems = new Int32Array(512);
  /** How often each is sought x 2^SEEK_SHIFT + how often it is offered. */
  times = new Uint8Array(512);
  /** Information of each. */
  says = new Uint8Array(512);

  /** @returns how many there are */
  read({ query, answer }: Features): number {
    this.#makeRoom(query.stems.length + answer.stems.length);
    return query === answer ? this.#readOne(answer) : this.#readBoth(query, answer);
  }

  #readOne({ stems, times, weights }: Features['answer']): number {
    const { stems: toStems, times: toTimes, says } = this;
    let count = 0;
    for (let at = 0; at < stems.length; at += 1) {
      // words that say nothing add nothing to any sum
      if (weights[at] === 0) continue;
      const often = times[at];
      toStems[count] = stems[at];
      toTimes[count] = (often << SEEK_SHIFT) | often;
      says[count] = weights[at] / often;
      count += 1;
    }
    return count;
  }

  #readBoth(query: Features['query'], answer: Features['answer']): number {
    const { stems: toStems, times: toTimes, says } = this;
    const [asked, offered] = [query.stems, answer.stems];
    let [i, j, count] = [0, 0, 0];
    while (i < asked.length || j < offered.length) {
      const one = i < asked.length ? asked[i] : Infinity;
      const other = j < offered.length ? offered[j] : Infinity;
      const seeks = one <= other ? query.times[i] : 0;
      const offers = other <= one ? answer.times[j] : 0;
      const information = seeks > 0 ? query.weights[i] / seeks : answer.weights[j] / offers;
      if (seeks > 0) i += 1;
      if (offers > 0) j += 1;
      if (information === 0) continue;
      toStems[count] = Math.min(one, other);
      toTimes[count] = (seeks << SEEK_SHIFT) | offers;
      says[count] = information;
      count += 1;
    }
    return count;
  }

  #makeRoom(count: number): void {
    if (count <= this.stems.length) return;
    this.stems = new Int32Array(2 * count);
    this.times = new Uint8Array(2 * count);
    this.says = new Uint8Array(2 * count);
  }
}
