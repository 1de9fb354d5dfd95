import { readHead } from './audit/head.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { runSync } from '../kernel/progress.ts';

/** How often work restarts because of concurrent commits before it runs without yielding. */
const maxAttempts = 3;

/**
 * Runs a read that yields, on one state of the log. A commit restarts `work`; after some attempts it no longer yields. If other processes
 * commit during each of these runs too, the result mixes two states.
 */
export function* retryOnChange<R>(
  db: ReadHandle,
  work: () => Generator<number, R, void>,
): Generator<number, R, void> {
  for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
    const head = readHead(db).id;
    const steps = work();
    for (let step = steps.next(); readHead(db).id === head; step = steps.next()) {
      if (step.done) return step.value;
      yield step.value;
    }
  }
  for (let attempt = 1; ; attempt += 1) {
    const head = readHead(db).id;
    const result = runSync(work());
    // Another process can still write. The loop ends nevertheless, because it blocks this process.
    if (readHead(db).id === head || attempt === maxAttempts) return result;
  }
}
