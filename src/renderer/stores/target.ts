/** What the page is of, as it was served: `live`, or the id of a sandbox. A page never becomes one of another. */
export function openTarget(): string {
  return document.documentElement.dataset['target'] ?? 'live';
}

/** Whether this is Play, where nothing touches live. */
export function inPlay(): boolean {
  return openTarget() !== 'live';
}
