import type { Stream } from '#shared/contract/progress.ts';
import type { Grants } from '../grants.ts';

/** Works on the file of a grant. Only success uses the grant up, so that the user can retry with other options. */
export async function* withFile<R>(
  grants: Grants,
  request: { grant: string; use: 'read' | 'write' },
  work: (path: string) => Stream<R>,
): Stream<R> {
  const { grant, use } = request;
  const path = grants.redeem(grant, use);
  let isCompleted = false;
  try {
    for await (const event of work(path)) {
      isCompleted = event.kind === 'result';
      yield event;
    }
  } finally {
    if (isCompleted) grants.finish(grant);
    else grants.register(grant, path, use);
  }
}
