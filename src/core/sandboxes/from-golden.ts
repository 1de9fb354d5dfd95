import { installShipped, resolveVersion, unpackGolden } from '../versions/golden-store.ts';
import { build } from './fork.ts';
import type { ForkOptions } from './fork.ts';

interface FromGolden extends Omit<ForkOptions, 'from' | 'signal'> {
  /** The number of the version; the current one by default. */
  version: number | undefined;
  resources: string | null;
  signal: AbortSignal;
}

/**
 * Creates a sandbox from a checked golden version. Its base is the version's head; if live's log lacks that, the last common transaction or
 * none. Returns its id. Throws GOLDEN, and the errors of `fork`.
 */
export async function forkGolden(options: FromGolden): Promise<string> {
  const { files, resources } = options;
  // Others settle interrupted publishing.
  await installShipped({ ...options, resources, live: null });
  const version = await resolveVersion(files, options.version);
  return build({ ...options, from: `golden:${version}` }, async (image) => {
    const { head } = await unpackGolden(version, image, options);
    return { id: head.id, op_id: head.op_id, hash: head.hash };
  });
}
