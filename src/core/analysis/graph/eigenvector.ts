import type { Graph } from './graph.ts';

const [maxSteps, maxRestarts] = [24, 100];
/** The limit of nodes × restarts, some seconds. Only components with chains of about a thousand nodes are less exact. */
const maxNodeRestarts = 3e5;
/** The residual at which the search ends, relative to the eigenvalue. */
const precision = 1e-11;

/**
 * Eigenvector centrality (Bonacich 1987): each value is proportional to the weighted sum of its neighbours' values, for the largest
 * eigenvalue of the weight matrix; the sum of squares is 1. The limit of power iteration from equal values, as in NetworkX, computed by the
 * method of Lanczos (1950), which needs far fewer steps. In a disconnected graph only the component with the largest eigenvalue has values;
 * components with the same eigenvalue share them. Without edges, all values are equal.
 */
export function eigenvector(graph: Graph): Float64Array {
  let vector = normalise(new Float64Array(graph.size).fill(1));
  if (graph.size === 0) return vector;
  const restarts = Math.min(maxRestarts, Math.ceil(maxNodeRestarts / graph.size));
  for (let restart = 0; restart < restarts; restart += 1) {
    const estimate = improve(graph, vector);
    vector = estimate.vector;
    if (estimate.residual <= precision * Math.abs(estimate.value)) break;
  }
  // The largest eigenvalue has a non-negative vector; other signs are rounding.
  return vector.map((value) => Math.abs(value));
}

interface EigenEstimate {
  vector: Float64Array;
  value: number;
  residual: number;
}

function improve(graph: Graph, start: Float64Array): EigenEstimate {
  const basis = [start];
  const diagonal: number[] = [];
  const offDiagonal: number[] = [];
  for (let step = 0; ; step += 1) {
    const last = basis[step] as Float64Array;
    const next = multiply(graph, last);
    diagonal.push(dot(next, last));
    // Twice, because rounding leaves a remainder after the first time.
    for (const _ of [1, 2]) for (const other of basis) subtract(next, other, dot(next, other));
    const length = Math.sqrt(dot(next, next));
    offDiagonal.push(length);
    if (
      basis.length === Math.min(maxSteps, graph.size) ||
      length <= Number.EPSILON * Math.abs(diagonal[0] ?? 0)
    )
      break;
    basis.push(next.map((value) => value / length));
  }
  const { shares, value } = largestEigenpair(diagonal, offDiagonal);
  const vector = new Float64Array(graph.size);
  shares.forEach((share, at) => subtract(vector, basis[at] as Float64Array, -share));
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
  const offDiagonalAt = (at: number): number => offDiagonal[at] ?? 0;
  // All pivots of value × identity - matrix are positive exactly above the largest eigenvalue.
  const pivotsAt = (value: number): number[] | null => {
    const pivots: number[] = [];
    for (const [at, entry] of diagonal.entries()) {
      const before = at === 0 ? 0 : offDiagonalAt(at - 1) ** 2 / (pivots[at - 1] as number);
      pivots.push(value - entry - before);
      if (!((pivots[at] as number) > 0)) return null;
    }
    return pivots;
  };
  let low = Math.max(...diagonal);
  // An upper bound (Gershgorin).
  let high = Math.max(...diagonal) + 2 * Math.max(...offDiagonal) + Number.MIN_VALUE;
  let pivots = diagonal.map(() => 1);
  for (let turn = 0; turn < bisections; turn += 1) {
    const middle = (low + high) / 2;
    const newPivots = pivotsAt(middle);
    if (newPivots) [high, pivots] = [middle, newPivots];
    else low = middle;
  }
  let shares = diagonal.map(() => 1);
  for (let turn = 0; turn < inverseIterations; turn += 1) shares = solve(pivots, offDiagonal, shares);
  return { shares, value: high };
}

/** Solves a tridiagonal system by its pivots and normalises the solution. */
function solve(
  pivots: readonly number[],
  offDiagonal: readonly number[],
  right: readonly number[],
): number[] {
  const solution: number[] = [];
  for (const [at, value] of right.entries())
    solution.push(
      at === 0
        ? value
        : value +
            ((offDiagonal[at - 1] as number) / (pivots[at - 1] as number)) * (solution[at - 1] as number),
    );
  for (let at = solution.length - 1; at >= 0; at -= 1) {
    const next = at + 1 < solution.length ? (offDiagonal[at] as number) * (solution[at + 1] as number) : 0;
    solution[at] = ((solution[at] as number) + next) / (pivots[at] as number);
  }
  const maxEntry = Math.max(...solution.map(Math.abs));
  const length = maxEntry * Math.hypot(...solution.map((value) => value / maxEntry));
  return solution.map((value) => value / length);
}

function multiply({ size, offsets, targets, weights }: Graph, vector: Float64Array): Float64Array {
  const product = new Float64Array(size);
  for (let node = 0; node < size; node += 1) {
    let sum = 0;
    const stop = offsets[node + 1] as number;
    for (let entry = offsets[node] as number; entry < stop; entry += 1)
      sum += (weights[entry] as number) * (vector[targets[entry] as number] as number);
    product[node] = sum;
  }
  return product;
}

function dot(one: Float64Array, other: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < one.length; at += 1) sum += (one[at] as number) * (other[at] as number);
  return sum;
}

function subtract(from: Float64Array, other: Float64Array, times: number): void {
  for (let at = 0; at < from.length; at += 1) (from[at] as number) -= times * (other[at] as number);
}

function normalise(vector: Float64Array): Float64Array {
  const length = Math.sqrt(dot(vector, vector));
  return length === 0 ? vector : vector.map((value) => value / length);
}
