const resets: (() => void)[] = [];

export function atReset(reset: () => void): void {
  resets.push(reset);
}

/** Runs `initialize` now and at each `resetWindow`. Modules set their variables and subscriptions in it. */
export function atStart(initialize: () => void): void {
  atReset(initialize);
  initialize();
}

/** Resets stores, variables and subscriptions of all modules, as if the window had been loaded again. */
export function resetWindow(): void {
  for (const reset of resets) reset();
}
