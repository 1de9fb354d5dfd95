/** How a figure may move over a run and still count as flat. */
export interface Allowance {
  /** Part by which the last third may lie above the first. */
  part: number;
  /** And how much beside that, in the figure's own unit. */
  beside: number;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = 0, high = 0] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]];
  return (low + high) / 2;
}

export interface Trend {
  from: number;
  to: number;
  grows: boolean;
}

/**
 * Compares the last third of the samples with the first third by their medians, so that one odd sample says nothing. The caller
 * leaves out those taken while the program was warming up. Fewer than six samples say nothing either.
 */
export function trendOf(values: readonly number[], { part, beside }: Allowance): Trend {
  if (values.length < 6) return { from: values[0] ?? 0, to: values.at(-1) ?? 0, grows: false };
  const third = Math.floor(values.length / 3);
  const [from, to] = [median(values.slice(0, third)), median(values.slice(-third))];
  return { from, to, grows: to > from * (1 + part) + beside };
}
