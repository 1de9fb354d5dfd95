/** What the page is of, as it was served: `live`, or the id of a sandbox. A page never becomes one of another. */
export function openTarget(): string {
  return document.documentElement.dataset['target'] ?? 'live';
}

/** Whether this is Play, where nothing touches live. */
export function inPlay(): boolean {
  return openTarget() !== 'live';
}

/**
 * The key under which the seat keeps something of what is open: of a sandbox apart from live's, whose records have the same ids. The shell
 * lets it go with the sandbox.
 */
export function ownKey(key: string): string {
  return inPlay() ? `${key}:${openTarget()}` : key;
}
