import { act } from '@testing-library/react';

/** The page goes and another begins in the same window: `forget` empties the stores, and what the session keeps is all that is left. */
export function leavePage(forget: () => void): void {
  const goes = (): boolean => window.dispatchEvent(new Event('pagehide'));
  goes();
  const stored = Object.entries<string>(sessionStorage);
  act(forget);
  goes();
  for (const [name, value] of stored) sessionStorage.setItem(name, value);
}
