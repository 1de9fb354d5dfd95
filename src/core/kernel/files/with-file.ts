import type { Grants } from '../grants.ts';

/** Runs `work` on the file of a grant. Only success ends the grant, so that the user can retry with other options. */
export async function withFile<R>(
  grants: Grants,
  { grant, use }: { grant: string; use: 'read' | 'write' },
  work: (path: string) => Promise<R>,
): Promise<R> {
  const path = grants.redeem(grant, use);
  try {
    const result = await work(path);
    grants.finish(grant);
    return result;
  } catch (error) {
    grants.register(grant, path, use);
    throw error;
  }
}
