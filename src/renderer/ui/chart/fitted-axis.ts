const maxSteps = 5;

/** The smallest of 1, 2, 2.5 or 5 times a power of ten that is at least `size`. */
function roundStep(size: number): number {
  const power = 10 ** Math.floor(Math.log10(size));
  return power * ([1, 2, 2.5, 5].find((factor) => factor * power >= size * (1 - 1e-9)) ?? 10);
}

/** An axis that fits the values and zero: bounds and ticks are multiples of a round step. It spans at least `minSize`. */
export function fittedAxis(
  values: readonly number[],
  minSize: number,
): { domain: [number, number]; ticks: number[] } {
  const [least, most] = [Math.min(0, ...values), Math.max(0, ...values)];
  const step = roundStep(Math.max(most - least, minSize) / maxSteps);
  const first = Math.floor(least / step + 1e-9);
  const last = Math.max(first + Math.ceil(minSize / step - 1e-9), Math.ceil(most / step - 1e-9));
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step);
  return { domain: [ticks[0] as number, ticks.at(-1) as number], ticks };
}
