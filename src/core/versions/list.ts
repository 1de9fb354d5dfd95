import { problemOf } from '#shared/contract/faults.ts';
import { clause } from '#shared/texts/sentence.ts';
import type { Sentence } from '#shared/texts/sentence.ts';
import { lstat, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import type { Backup, BackupInside } from '#shared/contract/backups.ts';
import { isFault, reasonOf } from '#shared/contract/faults.ts';
import { isSandboxId } from '#shared/domain/target.ts';
import { backupId, backupInFile } from '#shared/domain/workspace-files.ts';
import { isDisplaced, keptHead, isInLog } from '../log/audit/head.ts';
import type { KeptHead } from '../log/audit/head.ts';
import { isElsewhere, isPlaceUnknown, refuseMissingPlace } from '../kernel/backups-folder.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import type { Log } from '../kernel/logger.ts';
import { readFacts } from '../log/workspace-facts.ts';
import { readManifest } from './file.ts';
import { BadVersion, ofVersion } from './manifest.ts';
import type { BackupManifest, VersionKey, VersionManifest } from './manifest.ts';
import { readPlain } from './plain-file.ts';

export type Companion = { kind: 'sandbox'; id: string } | { kind: 'golden'; version: number };

export const companionName = (one: Companion): string =>
  one.kind === 'sandbox' ? `sandbox-${one.id}` : `golden-${one.version}`;

/** The companion of that name, or null. */
export function companionOf(name: string): Companion | null {
  const [, id] = /^sandbox-(.+)$/.exec(name) ?? [];
  if (id !== undefined && isSandboxId(id)) return { kind: 'sandbox', id };
  const [, version] = /^golden-([1-9]\d{0,5})$/.exec(name) ?? [];
  return version === undefined ? null : { kind: 'golden', version: Number(version) };
}

export const backupFile = (backups: string, id: string, companion?: string): string =>
  join(backups, companion === undefined ? `${id}.frames` : `${id}.${companion}.frames`);

/** Names in a folder of backups; none if it is missing. Throws WORKSPACE `no_backups_place`. */
export async function namesIn(backups: string): Promise<string[]> {
  refuseMissingPlace(backups);
  try {
    return await readdir(backups);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** Ids of the backups in a folder, newest first. */
export async function backupIds(backups: string): Promise<string[]> {
  return idsAmong(await namesIn(backups));
}

const idsAmong = (names: readonly string[]): string[] =>
  names.flatMap((name) => backupInFile.exec(name)?.[1] ?? []).toSorted(newestFirst);

function newestFirst(a: string, b: string): number {
  const [one, two] = [a.slice(0, 19), b.slice(0, 19)];
  const [numberOne, numberTwo] = [Number(a.slice(20) || '1'), Number(b.slice(20) || '1')];
  return one === two ? numberTwo - numberOne : one < two ? 1 : -1;
}

export function companionsAmong(names: readonly string[], id: string): string[] {
  return names
    .filter((name) => name.startsWith(`${id}.`) && name.endsWith('.frames'))
    .map((name) => name.slice(id.length + 1, -'.frames'.length))
    .filter((name) => companionOf(name) !== null)
    .toSorted();
}

/** The UTC time at the beginning of a backup's name. */
export const stampOf = (made: string): string => made.replaceAll(/[-:.]/g, '');

/** The manifest of a version's file, checked against its key and the length of the file. Throws BACKUP or GOLDEN. */
export function readVersion(file: string, key: VersionKey): Promise<VersionManifest> {
  return ofVersion(key, async () => {
    if (key.kind === 'backup' && !backupId.test(key.id)) throw new BadVersion('missing', clause('backupId'));
    const manifest = await readManifest(file);
    if (manifest.kind !== key.kind)
      throw new BadVersion('foreign', clause('otherKind', { kind: manifest.kind }));
    if (key.kind === 'backup' && !key.id.startsWith(stampOf(manifest.made)))
      throw new BadVersion('foreign', clause('otherTime'));
    if (key.kind === 'golden') await refuseForeignGolden(file, key.version, manifest);
    return manifest;
  });
}

async function refuseForeignGolden(
  file: string,
  version: number,
  { golden }: VersionManifest,
): Promise<void> {
  if (version === 0 && golden?.shipped == null) throw new BadVersion('damaged', clause('notShipped'));
  // An installed program may use links; a workspace does not.
  if (version > 0 && (await lstat(file)).nlink > 1) throw new BadVersion('foreign', clause('hardLink'));
}

/** Throws BACKUP. */
export async function readBackup(backups: string, id: string): Promise<BackupManifest> {
  refuseMissingPlace(backups);
  return { id, ...(await readVersion(backupFile(backups, id), { kind: 'backup', id })) };
}

/** A version of a list; `manifest` is null if it is unusable, and `problem` says why. */
export interface FoundVersion<Key, Manifest> {
  key: Key;
  manifest: Manifest | null;
  problem: Sentence | null;
  problem_code: string | null;
}

/** Reads the manifests of versions of one kind. Throws system errors that are not about one version. */
export async function* readEach<Key, Manifest>(
  keys: readonly Key[],
  read: (key: Key) => Promise<Manifest>,
): AsyncGenerator<FoundVersion<Key, Manifest>, void, void> {
  for (const key of keys) {
    let found: FoundVersion<Key, Manifest>;
    try {
      found = { key, manifest: await read(key), problem: null, problem_code: null };
    } catch (error) {
      if (!isFault(error) || (error.code !== 'BACKUP' && error.code !== 'GOLDEN')) throw error;
      found = { key, manifest: null, problem: problemOf(error), problem_code: reasonOf(error) };
    }
    yield found;
    await yieldToEventLoop();
  }
}

/** Throws BACKUP. */
export function readCompanion(backups: string, id: string, name: string): Promise<VersionManifest> {
  return ofVersion({ kind: 'backup', id }, async () => {
    const companion = companionOf(name);
    if (!companion || !backupId.test(id)) throw new BadVersion('missing', clause('noCompanion', { name }));
    const manifest = await readManifest(backupFile(backups, id, name));
    const isOther = companion.kind === 'sandbox' && manifest.sandbox?.id !== companion.id;
    if (manifest.kind !== companion.kind || isOther)
      throw new BadVersion('damaged', clause('otherCompanion', { name }));
    return manifest;
  });
}

const verified = z.object({ at: z.iso.datetime(), ok: z.boolean() });
export type Verified = z.infer<typeof verified>;

/** Next to the version file, which never changes; removed with the backup. */
export const verifiedFile = (backups: string, id: string): string => join(backups, `${id}.verified.json`);

/** Records the result of a check. A failure to write it, as on a read-only disk, is only logged. */
export async function noteVerified(backups: string, id: string, found: Verified, log: Log): Promise<void> {
  try {
    await writeFileAtomic(verifiedFile(backups, id), `${JSON.stringify(found)}\n`);
  } catch (error) {
    log.warn({ backup: id, error: String(error) }, 'the result of a check of a backup was not written');
  }
}

/** The last recorded result, or null. */
export async function readVerified(backups: string, id: string): Promise<Verified | null> {
  try {
    return verified.parse(JSON.parse(await readPlain(verifiedFile(backups, id), 10_000)));
  } catch {
    return null;
  }
}

interface Described {
  verified?: Verified | null;
  inside?: BackupInside[];
  /** Bytes of its files. */
  stored?: number;
  /** Live's recorded head, which shows whether backups were displaced since. */
  kept?: KeptHead | null;
  /** Id of live's workspace, if known; only its backups can be displaced. */
  own?: string | null;
}

/** A backup in a list: its manifest and the latest check. */
export function describeBackup(manifest: BackupManifest, more: Described = {}): Backup {
  const { id, made, reason, schema_version, workspace, counts, app, bytes, stored_bytes } = manifest;
  const { verified: found = null, inside = [], stored = stored_bytes, kept = null, own = null } = more;
  return {
    id,
    made,
    reason,
    app,
    schema_version,
    workspace,
    counts,
    bytes: inside.reduce((sum, one) => sum + one.bytes, bytes),
    stored,
    inside,
    problem: null,
    problem_code: null,
    verified: found,
    replaced: (own || workspace) === workspace && isDisplaced(kept, manifest),
  };
}

const unknown = {
  made: null,
  reason: '',
  app: '',
  schema_version: 0,
  workspace: '',
  counts: {},
  bytes: 0,
  stored: 0,
  inside: [],
  verified: null,
  replaced: false,
};

/** The readable companions of a backup. */
export async function insideOf(
  backups: string,
  id: string,
  names: readonly string[],
): Promise<BackupInside[]> {
  const inside: BackupInside[] = [];
  for (const name of names) {
    try {
      const { kind, sandbox, bytes, counts } = await readCompanion(backups, id, name);
      if (kind === 'backup') continue;
      inside.push({ name, kind, title: sandbox?.name ?? name.replace('golden-', ''), bytes, counts });
    } catch (error) {
      if (!isFault(error)) throw error;
    }
  }
  return inside;
}

/** All backups, newest first, from their manifests; unusable ones with the reason. */
export async function listBackups(
  backups: string,
  kept: KeptHead | null = null,
  own: string | null = null,
): Promise<Backup[]> {
  const names = await namesIn(backups);
  const all: Backup[] = [];
  for await (const { key: id, manifest, problem, problem_code } of readEach(idsAmong(names), (one) =>
    readBackup(backups, one),
  )) {
    if (!manifest) {
      all.push({ id, ...unknown, problem, problem_code });
      continue;
    }
    const companions = companionsAmong(names, id);
    const inside = await insideOf(backups, id, companions);
    const stored = await storedBytes(backups, id, companions);
    const found = await readVerified(backups, id);
    all.push(describeBackup(manifest, { verified: found, inside, stored, kept, own }));
  }
  return all;
}

export async function storedBytes(
  backups: string,
  id: string,
  companions: readonly string[],
): Promise<number> {
  const files = [backupFile(backups, id), ...companions.map((name) => backupFile(backups, id, name))];
  let bytes = 0;
  for (const file of files) bytes += (await lstat(file).catch(() => null))?.size ?? 0;
  return bytes;
}

/** The backups of several folders without duplicates, newest first; unreadable folders are skipped and reported to `onFailure`. */
export async function listAmong(
  folders: readonly string[],
  onFailure: (error: unknown, folder: string) => void,
): Promise<{ folder: string; backup: Backup }[]> {
  const all = new Map<string, { folder: string; backup: Backup }>();
  for (const folder of folders) {
    try {
      for (const backup of await listBackups(folder)) {
        const other = all.get(backup.id);
        if (!other || (other.backup.problem !== null && backup.problem === null))
          all.set(backup.id, { folder, backup });
      }
    } catch (error) {
      onFailure(error, folder);
    }
  }
  return [...all.values()].toSorted((one, two) => newestFirst(one.backup.id, two.backup.id));
}

export interface NewestBackup {
  manifest: BackupManifest;
  verified: Verified | null;
}

/** The backups of a folder with readable manifests. */
export async function usableOnes(backups: string): Promise<BackupManifest[]> {
  const found: BackupManifest[] = [];
  const ids = await backupIds(backups);
  for await (const { manifest } of readEach(ids, (id) => readBackup(backups, id)))
    if (manifest) found.push(manifest);
  return found;
}

/**
 * The usable backup with most of a workspace's log, whatever its time. Excludes those of other workspaces, those whose end is not in the
 * log, and those found damaged. Null if none.
 */
export async function newestBackup(backups: string, read: ReadHandle): Promise<NewestBackup | null> {
  const { id: workspace } = readFacts(read);
  let newest: NewestBackup | null = null;
  for (const manifest of await usableOnes(backups)) {
    if (manifest.workspace !== workspace || !isInLog(read, manifest.head)) continue;
    if (newest && manifest.head.id <= newest.manifest.head.id) continue;
    const found = await readVerified(backups, manifest.id);
    if (found?.ok !== false) newest = { manifest, verified: found };
  }
  return newest;
}

/** The replica that wrote a transaction, from its clock value. */
const replicaOf = (hlc: string | null): string | null => hlc?.split('-').slice(2).join('-') || null;

/**
 * Id of a folder's workspace if its file cannot tell: from the name of a separate folder of backups; else from the newest backup written by
 * the replica of the recorded head; else if all backups are of one workspace. Null if unknown. Throws errors of reading the folder of
 * backups.
 */
export async function ownerOf({ backups, head }: WorkspaceFiles): Promise<string | null> {
  if (isPlaceUnknown(backups)) return null;
  if (isElsewhere(backups)) return basename(backups).replace(/^frames-backups-/, '');
  const found = await usableOnes(backups);
  const replica = replicaOf(keptHead(head)?.hlc ?? null);
  const own = found.find((one) => replica !== null && replicaOf(one.head.hlc) === replica);
  if (own) return own.workspace;
  const [only, other] = new Set(found.map(({ workspace }) => workspace));
  return only !== undefined && other === undefined ? only : null;
}
