import { defineTask } from '../../kernel/workers/task.ts';
import type { OnProgress } from '../../kernel/workers/task.ts';
import type { BackupContent } from '../manifest.ts';
import { KnownPages, storeFile } from '../store.ts';
import { DamagedPack } from './format.ts';
import { PackReader } from './reader.ts';
import { PackWriter } from './writer.ts';
import type { StoredPack } from './writer.ts';

export interface StoreInput {
  /** The files to be stored, in their order, with what they are called in the manifest. */
  sources: readonly { path: string; name: string }[];
  /** The folder of packs, and the path of the new one until it has a name: a file that is not there yet. */
  packs: string;
  temporary: string;
  /** Packs that may be built upon. */
  earlier: readonly StoredPack[];
}

export interface StoreTold {
  step: 'comparing' | 'storing' | 'rereading';
  done: number;
  total: number;
}

export interface Stored {
  /** What is stored where: pages of packs by their number in `known`, those of the new one last. */
  contents: BackupContent[];
  known: StoredPack[];
  /** The new pack, on the disk under its temporary name; null when every page was there. */
  fresh: StoredPack | null;
  /** Packs that are not what they were, and why: nothing is built upon them. */
  spoiled: { pack: string; why: string }[];
  /** What the disk does not give back of what was written, or null. */
  damaged: string | null;
}

/**
 * Stores files in a new pack, page by page, but for those pages that earlier packs hold, and reads back what was written. Leaves nothing where it
 * throws: what the system throws, as ENOSPC.
 */
async function storeAll(
  { sources, packs, temporary, earlier }: StoreInput,
  tell: OnProgress<StoreTold>,
): Promise<Stored> {
  const { known, spoiled } = await knownPages(packs, earlier, tell);
  const writer = new PackWriter(temporary);
  const contents: BackupContent[] = [];
  let fresh: StoredPack | null;
  try {
    for (const { path, name } of sources) {
      const step = (done: number, total: number): void => tell({ step: 'storing', done, total });
      contents.push(await storeFile(path, name, { known, writer, step }));
    }
    fresh = await writer.end();
  } catch (error) {
    await writer.abandon();
    throw error;
  }
  const damaged = fresh && (await whyUnreadable(temporary, fresh, tell));
  return { contents, known: known.packs, fresh, spoiled, damaged };
}

async function knownPages(
  folder: string,
  packs: readonly StoredPack[],
  tell: OnProgress<StoreTold>,
): Promise<{ known: KnownPages; spoiled: Stored['spoiled'] }> {
  const known = new KnownPages();
  const spoiled: Stored['spoiled'] = [];
  const total = packs.reduce((sum, { bytes }) => sum + bytes, 0);
  let before = 0;
  for (const pack of packs) {
    try {
      const step = (bytes: number): void => tell({ step: 'comparing', done: before + bytes, total });
      await known.add(folder, pack, step);
    } catch (error) {
      if (!(error instanceof DamagedPack)) throw error;
      spoiled.push({ pack: pack.sha256, why: error.message });
    }
    before += pack.bytes;
  }
  return { known, spoiled };
}

/** Reads all of a pack that was written just now; what is wrong with it, or null. */
async function whyUnreadable(
  path: string,
  pack: StoredPack,
  tell: OnProgress<StoreTold>,
): Promise<string | null> {
  let reader: PackReader | undefined;
  try {
    reader = await PackReader.openFile(path, pack);
    await reader.check((done) => tell({ step: 'rereading', done, total: pack.bytes }));
    return null;
  } catch (error) {
    if (!(error instanceof DamagedPack)) throw error;
    return error.message;
  } finally {
    await reader?.close();
  }
}

export const storeSources = defineTask('storeSources', storeAll);
