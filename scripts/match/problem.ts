/** Something in what the user gave that does not fit: one plain line, and exit code 2. */
export class InputProblem extends Error {
  override readonly name = 'InputProblem';
}
