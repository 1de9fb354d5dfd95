import { asDeclaredFault } from '../versions/declared-fault.ts';
import { installShipped, resolveVersion } from '../versions/golden-store.ts';
import type { VersionKey } from '../versions/manifest.ts';
import { unpackMigrated, withVersionLock } from '../versions/unpack-version.ts';
import { buildSandbox } from './fork.ts';
import type { ForkOptions } from './fork.ts';

interface ForkVersionOptions extends Omit<ForkOptions, 'from' | 'signal'> {
  /** A golden version without a number is the current one. */
  source: { kind: 'backup'; id: string } | { kind: 'golden'; version: number | undefined };
  resources: string | null;
  signal: AbortSignal;
}

/**
 * Creates a sandbox from a backup or a golden version, checked and migrated. Its base is the version's head; if live's log lacks that head,
 * the last common transaction or none. Returns the sandbox's id. Throws BACKUP or GOLDEN, and the errors of `buildSandbox`.
 */
export async function forkVersion(options: ForkVersionOptions): Promise<string> {
  try {
    const key = await keyOf(options);
    const from = key.kind === 'backup' ? `backup:${key.id}` : `golden:${key.version}`;
    return await buildSandbox({ ...options, from }, async (file) => {
      const { head } = await withVersionLock(key, options, () => unpackMigrated(key, file, options));
      return { id: head.id, op_id: head.op_id, hash: head.hash };
    });
  } catch (error) {
    throw asDeclaredFault(error);
  }
}

async function keyOf(options: ForkVersionOptions): Promise<VersionKey> {
  const { source, files } = options;
  if (source.kind === 'backup') return source;
  // Without live: a caller that has live open finishes interrupted publishing.
  await installShipped({ ...options, live: null });
  return { kind: 'golden', version: await resolveVersion(files, source.version) };
}
