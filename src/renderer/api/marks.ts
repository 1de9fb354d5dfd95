/** Performance marks of the program's start, which the bench reads. */
export type StartMark = 'frames:first-paint-shell' | 'frames:first-rows';

/** Sets a mark the first time; later calls do nothing. `startTime` is in milliseconds of the page's clock. */
export function markOnce(name: StartMark, startTime: number = performance.now()): void {
  if (performance.getEntriesByName(name, 'mark').length === 0) performance.mark(name, { startTime });
}
