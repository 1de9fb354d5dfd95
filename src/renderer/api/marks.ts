/** Performance marks of a start that the bench reads. */
export type Moment = 'frames:first-paint-shell' | 'frames:first-rows';

/** Sets a mark the first time; later calls do nothing. `startTime` is in milliseconds of the page's clock. */
export function markOnce(moment: Moment, startTime: number = performance.now()): void {
  if (performance.getEntriesByName(moment, 'mark').length === 0) performance.mark(moment, { startTime });
}
