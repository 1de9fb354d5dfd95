import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Pruned } from '#shared/contract/backups.ts';
import { retain } from '#shared/domain/retention.ts';
import type { RetentionPolicy } from '#shared/domain/retention.ts';
import { inventory, namesIn } from './inventory.ts';
import type { Entry, Readable } from './inventory.ts';
import { packsOf } from './manifest.ts';
import { bytesWithin } from './stored.ts';

export interface PrunePlan {
  goes: readonly Readable[];
  kept: Pruned['kept'];
  /** Names of the files that no backup which stays needs; none as long as something is unreadable. */
  packs: readonly string[];
  /** Bytes of those, and of what the backups that go have by themselves, as their manifests. */
  bytes: number;
  unreadable: readonly string[];
}

export interface Planning {
  policy: RetentionPolicy;
  /** Milliseconds. */
  now: number;
  /** Only these may go, where they are given. */
  only?: ReadonlySet<string> | undefined;
  step?: ((done: number, total: number) => void) | undefined;
}

/**
 * What is to go and what stays. Only what is certain goes: a backup that can be read and used, and packs that none of those that stay names,
 * once all of them can be read. The caller holds the backups.
 */
export async function planPrune(backups: string, planning: Planning): Promise<PrunePlan> {
  const entries = await inventory(backups, planning.step);
  const usable = entries.filter((one): one is Readable => one.kind === 'usable');
  const whys = retain(usable, planning.policy, planning.now);
  const { only } = planning;
  const goes = usable.filter(({ id }) => whys.get(id)?.length === 0 && (only?.has(id) ?? true));
  const going = new Set(goes.map(({ id }) => id));
  const staying = entries.filter(({ id }) => !going.has(id));
  const unreadable = staying.filter(({ kind }) => kind === 'unreadable').map(({ id }) => id);
  const kept = staying.map((one) => ({ id: one.id, made: madeOf(one), why: whyOf(one, whys.get(one.id)) }));
  const packs = unreadable.length > 0 ? [] : await unnamed(packsOf(backups), staying);
  const own = await bytesWithin(goes.map(({ id }) => join(backups, id)));
  return { goes, kept, packs, bytes: own + (await sizeOf(packsOf(backups), packs)), unreadable };
}

const madeOf = (one: Entry): string | null => ('made' in one ? one.made : null);

function whyOf({ kind }: Entry, whys: readonly string[] = []): string[] {
  if (kind !== 'usable') return [kind];
  return whys.length > 0 ? [...whys] : ['other'];
}

const packFile = /^[0-9a-f]{64}\.pack$/;

async function unnamed(packs: string, staying: readonly Entry[]): Promise<string[]> {
  const named = new Set(
    staying.flatMap((one) => ('packs' in one ? one.packs : [])).map((sha) => `${sha}.pack`),
  );
  return (await namesIn(packs)).filter((name) => packFile.test(name) && !named.has(name));
}

async function sizeOf(folder: string, packs: readonly string[]): Promise<number> {
  let bytes = 0;
  for (const name of packs) bytes += (await lstat(join(folder, name))).size;
  return bytes;
}
