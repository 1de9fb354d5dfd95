import type { Grants } from '../grants.ts';

/**
 * Works on the file behind a grant. Redeems the grant first, so that no other call can use it. Success ends the grant; any other outcome registers it
 * again, so that the user can retry with other options.
 */
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
