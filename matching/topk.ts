/** The K best positions by score; among equals the lower position, which is the lower id (pools are sorted by id). */
export class TopK {
  readonly #length: number;
  readonly #positions: number[] = [];
  readonly #scores: number[] = [];

  constructor(length: number) {
    this.#length = length;
  }

  /** Offers one candidate; each position at most once. */
  offer(position: number, score: number): void {
    const scores = this.#scores;
    const positions = this.#positions;
    const last = scores.length - 1;
    if (scores.length === this.#length && !ahead(score, position, scores[last], positions[last])) return;
    let at = scores.length;
    while (at > 0 && ahead(score, position, scores[at - 1], positions[at - 1])) at -= 1;
    scores.splice(at, 0, score);
    positions.splice(at, 0, position);
    if (scores.length > this.#length) {
      scores.pop();
      positions.pop();
    }
  }

  get positions(): readonly number[] {
    return this.#positions;
  }

  get scores(): readonly number[] {
    return this.#scores;
  }

  /** Score of the last entry. */
  get last(): number {
    return this.#scores[this.#scores.length - 1];
  }

  get full(): boolean {
    return this.#scores.length === this.#length;
  }
}

/** Whether the first candidate comes before the second. */
export const ahead = (score: number, position: number, otherScore: number, otherPosition: number): boolean =>
  score > otherScore || (score === otherScore && position < otherPosition);

/** The best of a row of scores; negative scores stand for refused pairs. */
export function bestOf(scores: Int32Array, length: number): TopK {
  const top = new TopK(length);
  for (let position = 0; position < scores.length; position += 1) {
    if (scores[position] >= 0) top.offer(position, scores[position]);
  }
  return top;
}
