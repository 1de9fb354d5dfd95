import { readHead } from './audit/head.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';

/** How often work is begun anew because somebody wrote meanwhile, before it is done without a pause. */
const attempts = 3;

/**
 * Reads that belong to one moment although they pause: when something is committed meanwhile, the work begins anew, and at last
 * it is done in one piece, when only another process can come in between. `work` makes it, and may be called more than once.
 */
export function* retryOnChange<R>(
  db: ReadHandle,
  work: () => Generator<number, R, void>,
): Generator<number, R, void> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const head = readHead(db).id;
    const steps = work();
    for (let step = steps.next(); readHead(db).id === head; step = steps.next()) {
      if (step.done) return step.value;
      yield step.value;
    }
  }
  const steps = work();
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
