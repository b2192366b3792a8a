import { writeFileSync } from 'node:fs';
import { InputProblem } from '../match/problem.ts';
import type { Ranker } from './baselines.ts';
import { candidatesFor, scoreOf, type Material, type Question } from './questions.ts';

const cellOf = (text: string): string => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** Every candidate of every question with its score, best first, ties by id. */
export function* rankingLines(
  questions: readonly Question[],
  { companies }: Material,
  ranker: Ranker,
): Generator<string> {
  for (const question of questions) {
    const scores = ranker(question);
    const listed = candidatesFor(question, companies)
      .map((one) => ({ id: one.company.id, score: scoreOf(scores, one) }))
      .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
    for (const { id, score } of listed) {
      yield `${[...question.key, id].map(cellOf).join(',')},${score.toFixed(6)}`;
    }
  }
}

/**
 * Writes a ranking as CSV.
 *
 * @throws InputProblem where the file cannot be written
 */
export function writeRanking(file: string, header: string, lines: Iterable<string>): void {
  try {
    writeFileSync(file, `${[header, ...lines].join('\n')}\n`);
  } catch (error) {
    throw new InputProblem(`'${file}' cannot be written: ${error instanceof Error ? error.message : ''}`);
  }
}
