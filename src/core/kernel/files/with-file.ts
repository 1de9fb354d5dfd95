import type { Stream } from '#shared/contract/progress.ts';
import type { Grants } from '../grants.ts';

/**
 * Works on the file behind a ticket. The ticket is taken from the first moment, so that nobody else can use it meanwhile;
 * success uses it up, and after anything else it is good again: the same choice may be tried with other options.
 */
export async function* withFile<R>(
  grants: Grants,
  ticket: { grant: string; use: 'read' | 'write' },
  work: (path: string) => Stream<R>,
): Stream<R> {
  const { grant, use } = ticket;
  const path = grants.redeem(grant, use);
  let usedUp = false;
  try {
    for await (const event of work(path)) {
      usedUp = event.kind === 'result';
      yield event;
    }
  } finally {
    if (usedUp) grants.finish(grant);
    else grants.register(grant, path, use);
  }
}
