import { replaceFile } from '#files/replace-file.ts';
import { readText } from '#files/open-file.ts';
import { problemOf } from '#shared/contract/faults.ts';
import { clause } from '#shared/texts/sentence.ts';
import type { Sentence } from '#shared/texts/sentence.ts';
import { lstat, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import { z } from 'zod';
import type { Backup, IncludedVersion } from '#shared/contract/backups.ts';
import { isFault, reasonOf } from '#shared/contract/faults.ts';
import { isSandboxId } from '#shared/domain/target.ts';
import { backupIdPattern, backupFilePattern } from '#shared/domain/workspace-files.ts';
import { hasDiscarded, readRecordedHead, isInLog } from '../log/audit/head.ts';
import type { RecordedHead } from '../log/audit/head.ts';
import { isChosenFolder, isUnknownFolder, refuseMissingFolder } from '../kernel/backups-folder.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import type { Log } from '../kernel/logger.ts';
import { readFacts } from '../log/workspace-facts.ts';
import { readManifest } from './file.ts';
import { BadVersion, withVersionFault } from './manifest.ts';
import type { BackupManifest, VersionKey, VersionManifest } from './manifest.ts';

export type Companion = { kind: 'sandbox'; id: string } | { kind: 'golden'; version: number };

export const companionName = (companion: Companion): string =>
  companion.kind === 'sandbox' ? `sandbox-${companion.id}` : `golden-${companion.version}`;

/** The companion of that name, or null. */
export function parseCompanion(name: string): Companion | null {
  const [, id] = /^sandbox-(.+)$/.exec(name) ?? [];
  if (id !== undefined && isSandboxId(id)) return { kind: 'sandbox', id };
  const [, version] = /^golden-([1-9]\d{0,5})$/.exec(name) ?? [];
  return version === undefined ? null : { kind: 'golden', version: Number(version) };
}

export const backupFile = (backups: string, id: string, companion?: string): string =>
  join(backups, companion === undefined ? `${id}.frames` : `${id}.${companion}.frames`);

/** Names in a folder of backups; none if it is missing. Throws WORKSPACE `no_backups_place`. */
export async function backupFileNames(backups: string): Promise<string[]> {
  refuseMissingFolder(backups);
  try {
    return await readdir(backups);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** Ids of the backups in a folder, newest first. */
export async function backupIds(backups: string): Promise<string[]> {
  return idsFromNames(await backupFileNames(backups));
}

const idsFromNames = (names: readonly string[]): string[] =>
  names.flatMap((name) => backupFilePattern.exec(name)?.[1] ?? []).toSorted(newestFirst);

function newestFirst(a: string, b: string): number {
  const [stampA, stampB] = [a.slice(0, 19), b.slice(0, 19)];
  const [numberA, numberB] = [Number(a.slice(20) || '1'), Number(b.slice(20) || '1')];
  if (stampA === stampB) return numberB - numberA;
  return stampA < stampB ? 1 : -1;
}

export function companionNamesOf(names: readonly string[], id: string): string[] {
  return names
    .filter((name) => name.startsWith(`${id}.`) && name.endsWith('.frames'))
    .map((name) => name.slice(id.length + 1, -'.frames'.length))
    .filter((name) => parseCompanion(name) !== null)
    .toSorted();
}

/** The UTC time at the beginning of a backup's name. */
export const stampOf = (made: string): string => made.replaceAll(/[-:.]/g, '');

/** The manifest of a version's file, checked against its key and the length of the file. Throws BACKUP or GOLDEN. */
export function readVersion(file: string, key: VersionKey): Promise<VersionManifest> {
  return withVersionFault(key, async () => {
    if (key.kind === 'backup' && !backupIdPattern.test(key.id))
      throw new BadVersion('missing', clause('backupId'));
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
  // An installed program can use links; a workspace does not.
  if (version > 0 && (await lstat(file)).nlink > 1) throw new BadVersion('foreign', clause('hardLink'));
}

/** Throws BACKUP. */
export async function readBackup(backups: string, id: string): Promise<BackupManifest> {
  refuseMissingFolder(backups);
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
    let result: FoundVersion<Key, Manifest>;
    try {
      result = { key, manifest: await read(key), problem: null, problem_code: null };
    } catch (error) {
      if (!isFault(error) || (error.code !== 'BACKUP' && error.code !== 'GOLDEN')) throw error;
      result = { key, manifest: null, problem: problemOf(error), problem_code: reasonOf(error) };
    }
    yield result;
    await yieldToEventLoop();
  }
}

/** Throws BACKUP. */
export function readCompanion(backups: string, id: string, name: string): Promise<VersionManifest> {
  return withVersionFault({ kind: 'backup', id }, async () => {
    const companion = parseCompanion(name);
    if (!companion || !backupIdPattern.test(id))
      throw new BadVersion('missing', clause('noCompanion', { name }));
    const manifest = await readManifest(backupFile(backups, id, name));
    const isOther = companion.kind === 'sandbox' && manifest.sandbox?.id !== companion.id;
    if (manifest.kind !== companion.kind || isOther)
      throw new BadVersion('damaged', clause('otherCompanion', { name }));
    return manifest;
  });
}

const checkResultSchema = z.object({ at: z.iso.datetime(), ok: z.boolean() });
export type CheckResult = z.infer<typeof checkResultSchema>;

/** The file with the result of a backup's last check, removed with the backup. */
export const checkResultFile = (backups: string, id: string): string => join(backups, `${id}.verified.json`);

/** Records the result of a check. A failure to write it, as on a read-only disk, is only logged. */
export async function writeCheckResult(
  backups: string,
  id: string,
  result: CheckResult,
  log: Log,
): Promise<void> {
  try {
    await replaceFile(checkResultFile(backups, id), `${JSON.stringify(result)}\n`);
  } catch (error) {
    log.warn({ backup: id, error: String(error) }, 'the result of a check of a backup was not written');
  }
}

/** The last recorded result, or null. */
export async function readCheckResult(backups: string, id: string): Promise<CheckResult | null> {
  try {
    return checkResultSchema.parse(
      JSON.parse(await readText(checkResultFile(backups, id), { maxBytes: 10_000, refuseLinks: true })),
    );
  } catch {
    return null;
  }
}

interface BackupDetails {
  verified?: CheckResult | null;
  inside?: IncludedVersion[];
  /** Bytes of its files. */
  stored?: number;
  /** Live's recorded head, which shows whether a backup was displaced after it was made. */
  recordedHead?: RecordedHead | null;
  /** Id of live's workspace, if known; only its backups can be displaced. */
  liveId?: string | null;
}

/** A backup in a list: its manifest and the latest check. */
export function describeBackup(manifest: BackupManifest, details: BackupDetails = {}): Backup {
  const { id, made, reason, schema_version, workspace, counts, app, bytes, stored_bytes } = manifest;
  const { damaged_documents = 0 } = manifest;
  const {
    verified: checkResult = null,
    inside = [],
    stored = stored_bytes,
    recordedHead = null,
    liveId = null,
  } = details;
  const canBeOfLive = !liveId || liveId === workspace;
  return {
    id,
    made,
    reason,
    app,
    schema_version,
    workspace,
    counts,
    bytes: inside.reduce((sum, companion) => sum + companion.bytes, bytes),
    stored,
    inside,
    damaged_documents,
    problem: null,
    problem_code: null,
    verified: checkResult,
    replaced: canBeOfLive && hasDiscarded(recordedHead, manifest),
  };
}

const unknownFields = {
  made: null,
  reason: '',
  app: '',
  schema_version: 0,
  workspace: '',
  counts: {},
  bytes: 0,
  stored: 0,
  inside: [],
  damaged_documents: 0,
  verified: null,
  replaced: false,
};

export async function readableCompanions(
  backups: string,
  id: string,
  names: readonly string[],
): Promise<IncludedVersion[]> {
  const inside: IncludedVersion[] = [];
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
  recordedHead: RecordedHead | null = null,
  liveId: string | null = null,
): Promise<Backup[]> {
  const names = await backupFileNames(backups);
  const list: Backup[] = [];
  for await (const { key: id, manifest, problem, problem_code } of readEach(idsFromNames(names), (key) =>
    readBackup(backups, key),
  )) {
    if (!manifest) {
      list.push({ id, ...unknownFields, problem, problem_code });
      continue;
    }
    const companions = companionNamesOf(names, id);
    const inside = await readableCompanions(backups, id, companions);
    const stored = await storedBytes(backups, id, companions);
    const checkResult = await readCheckResult(backups, id);
    list.push(describeBackup(manifest, { verified: checkResult, inside, stored, recordedHead, liveId }));
  }
  return list;
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
export async function listAllBackups(
  folders: readonly string[],
  onFailure: (error: unknown, folder: string) => void,
): Promise<{ folder: string; backup: Backup }[]> {
  const backupsById = new Map<string, { folder: string; backup: Backup }>();
  for (const folder of folders) {
    try {
      for (const backup of await listBackups(folder)) {
        const existing = backupsById.get(backup.id);
        if (!existing || (existing.backup.problem !== null && backup.problem === null))
          backupsById.set(backup.id, { folder, backup });
      }
    } catch (error) {
      onFailure(error, folder);
    }
  }
  return [...backupsById.values()].toSorted((a, b) => newestFirst(a.backup.id, b.backup.id));
}

export interface NewestBackup {
  manifest: BackupManifest;
  verified: CheckResult | null;
}

/** The backups of a folder with readable manifests. */
export async function usableBackups(backups: string): Promise<BackupManifest[]> {
  const manifests: BackupManifest[] = [];
  const ids = await backupIds(backups);
  for await (const { manifest } of readEach(ids, (id) => readBackup(backups, id)))
    if (manifest) manifests.push(manifest);
  return manifests;
}

/**
 * The usable backup with most of a workspace's log, whatever its time. Excludes those of other workspaces, those whose head is not in
 * the log, and those found damaged. Null if none.
 */
export async function newestBackup(backups: string, read: ReadHandle): Promise<NewestBackup | null> {
  const { id: workspace } = readFacts(read);
  let newest: NewestBackup | null = null;
  for (const manifest of await usableBackups(backups)) {
    if (manifest.workspace !== workspace || !isInLog(read, manifest.head)) continue;
    if (newest && manifest.head.id <= newest.manifest.head.id) continue;
    const checkResult = await readCheckResult(backups, manifest.id);
    if (checkResult?.ok !== false) newest = { manifest, verified: checkResult };
  }
  return newest;
}

/** The replica that wrote a transaction, from its clock value. */
const replicaOf = (hlc: string | null): string | null => hlc?.split('-').slice(2).join('-') || null;

/**
 * Id of a folder's workspace, judged by its backups: from the name of a chosen folder of backups; else from the newest backup written by
 * the replica of the recorded head; else if all backups are of one workspace. Null if unknown. Throws errors of reading the folder of
 * backups.
 */
export async function ownerIdOf({ backups, head }: WorkspaceFiles): Promise<string | null> {
  if (isUnknownFolder(backups)) return null;
  if (isChosenFolder(backups)) return basename(backups).replace(/^frames-backups-/, '');
  const manifests = await usableBackups(backups);
  const replica = replicaOf(readRecordedHead(head)?.hlc ?? null);
  const match = manifests.find(({ head: { hlc } }) => replica !== null && replicaOf(hlc) === replica);
  if (match) return match.workspace;
  const [workspaceId, second] = new Set(manifests.map(({ workspace }) => workspace));
  return workspaceId !== undefined && second === undefined ? workspaceId : null;
}
