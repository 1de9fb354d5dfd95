const resets: (() => void)[] = [];

export function atReset(reset: () => void): void {
  resets.push(reset);
}

/** Runs `begin` now and at each `resetWindow`: every variable and subscription of a module begins here. */
export function atStart(begin: () => void): void {
  atReset(begin);
  begin();
}

/** Returns stores, variables and subscriptions of all modules to how they began, as if the window had been loaded again. */
export function resetWindow(): void {
  for (const reset of resets) reset();
}
