/** A square matrix, row by row. */
export type Matrix = readonly (readonly number[])[];

/**
 * The inverse of a symmetric positive definite matrix, by Gauss and Jordan without exchanges: the pivots of such a matrix are above zero,
 * and these are small (eight rows).
 *
 * @throws RangeError where a pivot is not above zero
 */
export function inverse(matrix: Matrix): number[][] {
  const size = matrix.length;
  const work = matrix.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))]);
  for (let at = 0; at < size; at += 1) {
    const pivot = work[at][at];
    if (!(pivot > 0)) throw new RangeError('The matrix is not positive definite.');
    work[at] = work[at].map((value) => value / pivot);
    for (let row = 0; row < size; row += 1) {
      const factor = work[row][at];
      if (row !== at && factor !== 0) {
        work[row] = work[row].map((value, column) => value - factor * work[at][column]);
      }
    }
  }
  return work.map((row) => row.slice(size));
}

/** A matrix times a vector. */
export const times = (matrix: Matrix, vector: readonly number[]): number[] =>
  matrix.map((row) => dot(row, vector));

/** The sum of products. */
export const dot = (one: readonly number[], other: readonly number[]): number =>
  one.reduce((sum, value, i) => sum + value * other[i], 0);
