import { open } from 'node:fs/promises';
import type { Log } from '../kernel/logger.ts';
import { runInWorkerOrHere } from '../kernel/workers/worker-pool.ts';
import type { BackupContent } from './manifest.ts';
import { DamagedPack } from './pack/format.ts';
import { fileDigest, partsOf, writePart } from './part.ts';
import type { PageSource } from './store.ts';

/** How many threads write a file at a time. */
const count = 2;

interface Writing {
  /** Told how many bytes are done; may throw to give up. */
  step: (bytes: number) => void;
  signal: AbortSignal;
  log: Log;
}

/**
 * Writes what was stored of a large file into a new one at `target`, each page checked against its hash, and waits until it is on the disk: in
 * threads, a part each. Throws DamagedPack, and what the system throws, as ENOSPC.
 */
export async function writeInParts(
  content: BackupContent,
  { folder, packs }: PageSource,
  target: string,
  { step, signal, log }: Writing,
): Promise<void> {
  await (await open(target, 'wx')).close();
  const done: number[] = [];
  const write = (part: ReturnType<typeof partsOf>[number], number: number): Promise<string | null> => {
    const hear = (bytes: number): void => {
      done[number] = bytes;
      step(done.reduce((sum, one) => sum + one, 0));
    };
    return runInWorkerOrHere(
      writePart,
      { folder, packs, target, ...part },
      { onProgress: hear, signal, log },
    );
  };
  // Nobody may hold the file when this ends, also where one of them fails.
  const settled = await Promise.allSettled(partsOf(content, count).map(write));
  for (const one of settled) {
    if (one.status === 'rejected') throw one.reason;
    if (one.value !== null) throw new DamagedPack(one.value);
  }
  step(content.bytes);
}

/** Whether a file that was written is what was stored, by its SHA-256 and length: read once more, in a thread. */
export async function isStored(
  { bytes, sha256 }: BackupContent,
  path: string,
  { signal, log }: Pick<Writing, 'signal' | 'log'>,
): Promise<boolean> {
  const found = await runInWorkerOrHere(fileDigest, { path }, { onProgress: () => {}, signal, log });
  return found.sha256 === sha256 && found.bytes === bytes;
}
