import { hash } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { Fault } from '#shared/contract/faults.ts';
import type { BackupReason } from '#shared/contract/reasons.ts';
import { hasControls, withoutControls } from '#shared/domain/limits.ts';
import { backupId } from '#shared/domain/workspace-files.ts';
import { isContentName } from './inside.ts';
import { hashBytes, pageBytes } from './pack/format.ts';

/** The newest format that this program reads: that of a backup which holds more workspaces than live. */
const fullFormat = 3;
/** The format of a backup of live alone. */
export const backupFormat = 2;
/** The most pages that the packs of one backup may hold: 64 GiB. */
const mostPages = 2 ** 24;

/** Where packs lie, which backups share. */
export const packsOf = (backups: string): string => join(backups, 'packs');

const count = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** Pages that follow each other: the pack they are in, by its place in the list; the first's position in it; how many. */
const run = z.tuple([count, count, count.min(1)]);

const head = z.object({
  id: count,
  op_id: z.string(),
  hash: z.string(),
  hlc: z.string().nullable(),
  created_at: z.string().nullable(),
  changes: count,
});

/** What a workspace besides live says of itself. */
export const aboutContent = z.object({
  /** The name of a sandbox, the number of a golden version. */
  title: z.string().max(300),
  schema_version: count,
  workspace: z.string().max(100),
  counts: z.record(z.string(), count),
  head,
});

const content = z.object({
  /**
   * `live` is the workspace's file; `sandbox-<id>` is a sandbox; `golden-<number>` and `golden-<number>-manifest` are a golden version;
   * `source-…` is a file that it was made for.
   */
  name: z.string().min(1).max(300),
  bytes: count,
  sha256,
  runs: z.array(run),
  about: aboutContent.optional(),
});
export type BackupContent = z.infer<typeof content>;

const manifest = z.object({
  format: z.union([z.literal(backupFormat), z.literal(fullFormat)]),
  id: z.string().regex(backupId),
  made: z.iso.datetime(),
  /** Why it was made: asked, daily, import, migrate, promote, restore, vacuum. */
  reason: z.string().max(100),
  app: z.string().max(100),
  schema_version: count,
  workspace: z.string().max(100),
  counts: z.record(z.string(), count),
  head,
  contents: z.array(content).min(1),
  packs: z.array(z.object({ sha256, bytes: count, pages: count })),
  /** Bytes that only this backup had to add. */
  added: count,
});
export type BackupManifest = z.infer<typeof manifest>;

const hashOf = (sealed: BackupManifest): string => hash('sha256', JSON.stringify(sealed));

/** A manifest as it is written: with the SHA-256 of itself, so that a changed one is noticed. */
export function seal(open: BackupManifest): string {
  // In the order of the form, as reading has it.
  const sealed = manifest.parse(open);
  return `${JSON.stringify({ ...sealed, hash: hashOf(sealed) })}\n`;
}

export function badBackup(reason: BackupReason, id: string, message: string): Fault<'BACKUP'> {
  return new Fault('BACKUP', message, { reason, id });
}

/** The error for a backup whose workspace turns out to be none that can be used. */
export const spoiledBackup =
  (id: string) =>
  (why: string): Fault =>
    badBackup('damaged', id, `Backup ${id} is damaged. ${why} Nothing was changed.`);

/** The format that tells all of these contents: older programs read what they can hold, and say of the rest that it is newer. */
export const formatOf = (contents: readonly BackupContent[]): BackupManifest['format'] =>
  contents.some(({ about }) => about) ? fullFormat : backupFormat;

/** The workspace's file among what a backup holds; every manifest that was read has one. */
export function liveOf({ contents }: BackupManifest): BackupContent {
  return contents.find(({ name }) => name === 'live') as BackupContent;
}

/** What a manifest says of its workspace. */
export function examinedOf({ schema_version, counts, head, workspace }: BackupManifest) {
  return { schema_version, counts, head, workspace };
}

/** Why what a manifest says cannot be, or null. */
function contradiction({ format, contents, packs }: BackupManifest): string | null {
  if (format !== formatOf(contents)) return 'its format is that of other contents';
  const names = contents.map(({ name }) => name);
  if (!names.includes('live')) return 'it holds no workspace';
  if (new Set(names).size < names.length) return 'two of its files have one name';
  for (const { bytes, pages } of packs)
    if (pages * hashBytes > bytes) return 'a pack has more pages than it has room for';
  if (packs.reduce((sum, { pages }) => sum + pages, 0) > mostPages) return 'it has more pages than can be';
  for (const { name, bytes, runs } of contents) {
    let pages = 0;
    for (const [pack, at, length] of runs) {
      pages += length;
      if (at + length > (packs[pack]?.pages ?? 0)) return `${name} has pages that no pack holds`;
    }
    if (pages !== Math.ceil(bytes / pageBytes)) return `${name} has another number of pages than bytes`;
  }
  return null;
}

/** What a backup says of itself that FRAMES never writes, or null. */
export function strangeIn({ reason, app, workspace, contents }: Said): string | null {
  if ([reason, app, workspace].some(hasControls)) return 'it holds control characters';
  const other = contents.find(({ name }) => !isContentName(name));
  return other ? `it says to hold "${withoutControls(other.name).slice(0, 60)}"` : null;
}
type Said = Pick<BackupManifest, 'reason' | 'app' | 'workspace'> & { contents: readonly { name: string }[] };

/**
 * Reads a manifest that may come from anywhere. Throws BACKUP with reason `foreign` (no manifest of ours), `newer` (another format) or
 * `damaged` (its own hash or what it says does not hold).
 */
export function unseal(text: string, id: string): BackupManifest {
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch {
    throw badBackup(
      'damaged',
      id,
      `The manifest of backup ${id} is cut off or damaged. Nothing was changed.`,
    );
  }
  const format = (found as { format?: unknown } | null)?.format;
  if (typeof format !== 'number')
    throw badBackup('foreign', id, `Backup ${id} is none of FRAMES. Nothing was changed.`);
  if (format > fullFormat) {
    const message = `Backup ${id} was made by a newer version of FRAMES (format ${format}). Nothing was changed.`;
    throw badBackup('newer', id, message);
  }
  if (format < backupFormat) {
    const message = `Backup ${id} is of an early format (${format}), from before the first release: its file is put into a folder by hand. Nothing was changed.`;
    throw badBackup('early', id, message);
  }
  const read = manifest.safeParse(found);
  const kept = (found as { hash?: unknown }).hash;
  const wrong = read.success ? contradiction(read.data) : 'a part of it is missing';
  if (!read.success || wrong !== null || hashOf(read.data) !== kept || read.data.id !== id) {
    const why = wrong ?? 'it was changed after it was written';
    throw badBackup('damaged', id, `The manifest of backup ${id} is damaged: ${why}. Nothing was changed.`);
  }
  const strange = strangeIn(read.data);
  if (strange === null) return read.data;
  throw badBackup('foreign', id, `Backup ${id} is none of FRAMES: ${strange}. Nothing was changed.`);
}
