/** A queue of numbered events by time, earliest first: a heap of four children per place in flat arrays. */
export class Events {
  #times: Float64Array;
  #codes: Int32Array;
  #size = 0;

  constructor(capacity: number) {
    this.#times = new Float64Array(Math.max(16, capacity));
    this.#codes = new Int32Array(this.#times.length);
  }

  get size(): number {
    return this.#size;
  }

  /** Time of the earliest event; only where there is one. */
  get time(): number {
    return this.#times[0];
  }

  push(time: number, code: number): void {
    if (this.#size === this.#times.length) this.#grow();
    const times = this.#times;
    const codes = this.#codes;
    let at = this.#size;
    this.#size += 1;
    while (at > 0) {
      const above = (at - 1) >> 2;
      if (times[above] <= time) break;
      times[at] = times[above];
      codes[at] = codes[above];
      at = above;
    }
    times[at] = time;
    codes[at] = code;
  }

  /** Takes the earliest event out; only where there is one. */
  pop(): number {
    const times = this.#times;
    const codes = this.#codes;
    const code = codes[0];
    this.#size -= 1;
    const size = this.#size;
    const time = times[size];
    const last = codes[size];
    let at = 0;
    for (let below = 1; below < size; below = 4 * at + 1) {
      const end = Math.min(below + 4, size);
      let least = below;
      for (let child = below + 1; child < end; child += 1) if (times[child] < times[least]) least = child;
      if (times[least] >= time) break;
      times[at] = times[least];
      codes[at] = codes[least];
      at = least;
    }
    times[at] = time;
    codes[at] = last;
    return code;
  }

  /** Empties the queue; tells what was still in it, in no order. */
  drain(each: (code: number) => void): void {
    for (let at = 0; at < this.#size; at += 1) each(this.#codes[at]);
    this.#size = 0;
  }

  clear(): void {
    this.#size = 0;
  }

  #grow(): void {
    const [times, codes] = [this.#times, this.#codes];
    this.#times = new Float64Array(2 * times.length);
    this.#codes = new Int32Array(2 * codes.length);
    this.#times.set(times);
    this.#codes.set(codes);
  }
}
