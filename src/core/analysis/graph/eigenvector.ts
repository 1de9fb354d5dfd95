import type { Graph } from './graph.ts';

const [maxSteps, maxRestarts] = [24, 100];
/** The limit of nodes × restarts, which takes some seconds. Only components with chains of about a thousand nodes are less exact. */
const maxNodeRestarts = 3e5;
/** The residual at which the search ends, relative to the eigenvalue. */
const maxResidual = 1e-11;

/**
 * Eigenvector centrality (Bonacich 1987): each value is proportional to the weighted sum of its neighbours' values, for the largest
 * eigenvalue of the weight matrix; the sum of squares is 1. The limit of power iteration from equal values, as in NetworkX, computed by the
 * method of Lanczos (1950), which needs far fewer steps. In a disconnected graph only the component with the largest eigenvalue has values;
 * components with the same eigenvalue share them. Without edges, all values are equal.
 */
export function eigenvectorCentrality(graph: Graph): Float64Array {
  let vector = normalise(new Float64Array(graph.size).fill(1));
  if (graph.size === 0) return vector;
  const restarts = Math.min(maxRestarts, Math.ceil(maxNodeRestarts / graph.size));
  for (let restart = 0; restart < restarts; restart += 1) {
    const estimate = improveEstimate(graph, vector);
    vector = estimate.vector;
    if (estimate.residual <= maxResidual * Math.abs(estimate.value)) break;
  }
  // The largest eigenvalue has a non-negative vector; other signs are rounding.
  return vector.map((value) => Math.abs(value));
}

interface EigenEstimate {
  vector: Float64Array;
  value: number;
  residual: number;
}

function improveEstimate(graph: Graph, start: Float64Array): EigenEstimate {
  const basis = [start];
  const diagonal: number[] = [];
  const offDiagonal: number[] = [];
  for (let step = 0; ; step += 1) {
    const lastVector = basis[step] as Float64Array;
    const nextVector = multiply(graph, lastVector);
    diagonal.push(dot(nextVector, lastVector));
    // Orthogonalizes twice, because rounding leaves a remainder after the first time.
    for (const _ of [1, 2]) for (const other of basis) subtract(nextVector, other, dot(nextVector, other));
    const length = Math.sqrt(dot(nextVector, nextVector));
    offDiagonal.push(length);
    if (
      basis.length === Math.min(maxSteps, graph.size) ||
      length <= Number.EPSILON * Math.abs(diagonal[0] ?? 0)
    )
      break;
    basis.push(nextVector.map((value) => value / length));
  }
  const { shares, value } = largestEigenpair(diagonal, offDiagonal);
  const vector = new Float64Array(graph.size);
  shares.forEach((share, index) => subtract(vector, basis[index] as Float64Array, -share));
  const residual = (offDiagonal.at(-1) ?? 0) * Math.abs(shares.at(-1) ?? 0);
  return { vector: normalise(vector), value, residual };
}

/** The numbers of bisections of the eigenvalue's interval and of iterations for its vector. */
const [bisections, inverseIterations] = [60, 3];

/** The largest eigenvalue of a small symmetric tridiagonal matrix and its vector: by bisection, then by inverse iteration. */
function largestEigenpair(
  diagonal: readonly number[],
  offDiagonal: readonly number[],
): { shares: number[]; value: number } {
  const offDiagonalAt = (index: number): number => offDiagonal[index] ?? 0;
  // All pivots of value × identity - matrix are positive exactly above the largest eigenvalue.
  const pivotsAt = (value: number): number[] | null => {
    const pivots: number[] = [];
    for (const [index, entry] of diagonal.entries()) {
      const previousTerm = index === 0 ? 0 : offDiagonalAt(index - 1) ** 2 / (pivots[index - 1] as number);
      pivots.push(value - entry - previousTerm);
      if (!((pivots[index] as number) > 0)) return null;
    }
    return pivots;
  };
  let low = Math.max(...diagonal);
  // An upper bound (Gershgorin).
  let high = Math.max(...diagonal) + 2 * Math.max(...offDiagonal) + Number.MIN_VALUE;
  let pivots = diagonal.map(() => 1);
  for (let step = 0; step < bisections; step += 1) {
    const middle = (low + high) / 2;
    const newPivots = pivotsAt(middle);
    if (newPivots) [high, pivots] = [middle, newPivots];
    else low = middle;
  }
  let shares = diagonal.map(() => 1);
  for (let step = 0; step < inverseIterations; step += 1) shares = solve(pivots, offDiagonal, shares);
  return { shares, value: high };
}

/** Solves a tridiagonal system by its pivots and normalises the solution. */
function solve(
  pivots: readonly number[],
  offDiagonal: readonly number[],
  rightSide: readonly number[],
): number[] {
  const solution: number[] = [];
  for (const [index, value] of rightSide.entries())
    solution.push(
      index === 0
        ? value
        : value +
            ((offDiagonal[index - 1] as number) / (pivots[index - 1] as number)) *
              (solution[index - 1] as number),
    );
  for (let index = solution.length - 1; index >= 0; index -= 1) {
    const nextTerm =
      index + 1 < solution.length ? (offDiagonal[index] as number) * (solution[index + 1] as number) : 0;
    solution[index] = ((solution[index] as number) + nextTerm) / (pivots[index] as number);
  }
  const maxEntry = Math.max(...solution.map(Math.abs));
  const length = maxEntry * Math.hypot(...solution.map((value) => value / maxEntry));
  return solution.map((value) => value / length);
}

function multiply({ size, offsets, targets, weights }: Graph, vector: Float64Array): Float64Array {
  const product = new Float64Array(size);
  for (let node = 0; node < size; node += 1) {
    let sum = 0;
    const end = offsets[node + 1] as number;
    for (let entry = offsets[node] as number; entry < end; entry += 1)
      sum += (weights[entry] as number) * (vector[targets[entry] as number] as number);
    product[node] = sum;
  }
  return product;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index += 1) sum += (a[index] as number) * (b[index] as number);
  return sum;
}

function subtract(target: Float64Array, vector: Float64Array, factor: number): void {
  for (let index = 0; index < target.length; index += 1)
    (target[index] as number) -= factor * (vector[index] as number);
}

function normalise(vector: Float64Array): Float64Array {
  const length = Math.sqrt(dot(vector, vector));
  return length === 0 ? vector : vector.map((value) => value / length);
}
