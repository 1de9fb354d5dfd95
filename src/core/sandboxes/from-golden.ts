import { installShipped, resolveVersion, unpackGolden } from '../versions/golden-store.ts';
import { build } from './fork.ts';
import type { ForkOptions } from './fork.ts';

interface FromGolden extends Omit<ForkOptions, 'from' | 'signal'> {
  /** The number of the version; the current one unless told. */
  version: number | undefined;
  resources: string | null;
  signal: AbortSignal;
}

/**
 * Takes a sandbox of a golden version, which is checked as a whole first. Its base is the version's head: where that does not stand in
 * live's log, it is compared from what both have, or two-way. Returns its id. Throws GOLDEN, and what `fork` throws.
 */
export async function forkGolden(options: FromGolden): Promise<string> {
  const { files, resources } = options;
  // Publishing that was broken off is settled by who works on golden versions themselves.
  await installShipped({ ...options, resources, live: null });
  const version = await resolveVersion(files, options.version);
  return build({ ...options, from: `golden:${version}` }, async (image) => {
    const { head } = await unpackGolden(version, image, options);
    return { id: head.id, op_id: head.op_id, hash: head.hash };
  });
}
